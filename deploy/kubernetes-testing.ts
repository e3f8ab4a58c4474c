// The manifests of deploy/kubernetes as kubectl builds them, and what is wrong with an object by the schemas that Kubernetes publishes.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import ts from 'typescript';
import { parseAllDocuments } from 'yaml';
import { ROOT } from './compose-testing.ts';

type EnvironmentSource = { configMapRef?: { name: string }; secretRef?: { name: string } };
export type Container = {
  name: string;
  image: string;
  command?: string[];
  args?: string[];
  env?: { name: string; value?: string; valueFrom?: { fieldRef: { fieldPath: string } } }[];
  envFrom?: EnvironmentSource[];
  ports?: { name: string; containerPort: number }[];
  resources?: { requests?: Record<string, string>; limits?: Record<string, string> };
  securityContext?: Record<string, unknown>;
  readinessProbe?: unknown;
  volumeMounts?: { name: string; mountPath: string }[];
};
type Volume = {
  name: string;
  emptyDir?: unknown;
  persistentVolumeClaim?: { claimName: string };
  projected?: { sources: Record<'configMap' | 'secret', { name: string; optional?: boolean } | undefined>[] };
};
type PodSpec = {
  containers: Container[];
  initContainers?: Container[];
  volumes?: Volume[];
  securityContext?: Record<string, unknown>;
  automountServiceAccountToken?: boolean;
  restartPolicy?: string;
  affinity?: { podAntiAffinity?: unknown };
};
/** As much of an object as the tests read. */
export type KubernetesObject = {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
  data?: Record<string, string>;
  spec?: {
    replicas?: number;
    completions?: number;
    completionMode?: string;
    clusterIP?: string;
    selector?: Record<string, string>;
    ports?: { name: string; port: number; targetPort: string }[];
    template?: { metadata: { labels: Record<string, string> }; spec: PodSpec };
    volumeClaimTemplates?: { metadata: { name: string } }[];
  };
};

/** Where kubectl is; undefined where there is none. KUBECTL_PATH names one. */
export function findKubectl(environment: NodeJS.ProcessEnv): string | undefined {
  const folders = (environment.PATH ?? '').split(delimiter);
  const named = environment.KUBECTL_PATH;
  return (named ? [named] : folders.map((folder) => join(folder, 'kubectl'))).find(existsSync);
}

/** What `kubectl apply -k deploy/kubernetes/NAME` would send. */
export function builtObjects(kubectl: string, name: string): KubernetesObject[] {
  const folder = join(ROOT, 'deploy/kubernetes', name);
  const text = execFileSync(kubectl, ['kustomize', folder], { encoding: 'utf8' });
  return parseAllDocuments(text).map((document) => {
    const object = document.toJS() as KubernetesObject;
    if (object.kind !== 'Secret') return object;
    // kubectl breaks long base64 into lines, which a cluster reads and the schema's format does not know.
    const data = Object.entries(object.data ?? {}).map(([key, value]) => [key, value.replaceAll('\n', '')]);
    return { ...object, data: Object.fromEntries(data) };
  });
}

type Model = new (data: unknown) => { validate(): void };

/** By the published schemas: a wrong type, a word that is none of those allowed, a field that is missing. */
export async function schemaComplaint(object: KubernetesObject): Promise<string | null> {
  const place = `kubernetes-models/${object.apiVersion}/${object.kind}`;
  const models = (await import(/* @vite-ignore */ place)) as Record<string, Model>;
  const Model = models[object.kind];
  if (Model === undefined) throw new Error(`There is no schema of ${object.apiVersion} ${object.kind}.`);
  try {
    new Model(object).validate();
    return null;
  } catch (error) {
    return String(error);
  }
}

/**
 * A schema of Kubernetes lets a field pass that it does not know, and so a misspelt one does nothing, unseen. The types that are made of
 * the same schemas tell: every object as a literal of its type, as TypeScript sees it. A list for each object, in their order.
 */
export function unknownFields(objects: readonly KubernetesObject[]): string[][] {
  const places = objects.map((_, index) => join(ROOT, 'deploy', `object-${index}.ts`));
  const sources = objects.map(
    ({ apiVersion, kind }, index) =>
      `import type { I${kind} } from 'kubernetes-models/${apiVersion}/${kind}';\n` +
      `export const object: I${kind} = ${JSON.stringify(objects[index])};\n`,
  );
  const texts = new Map(places.map((place, index) => [place, sources[index]]));
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts'],
    types: [],
    strict: true,
    skipLibCheck: true,
    noEmit: true,
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.getSourceFile = (path, ...rest) => {
    const text = texts.get(path);
    return text === undefined ? getSourceFile(path, ...rest) : ts.createSourceFile(path, text, rest[0]);
  };
  const program = ts.createProgram(places, options, host);
  return places.map((place) =>
    program
      .getSemanticDiagnostics(program.getSourceFile(place))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')),
  );
}

/** Every container of what an object starts, those that run first included. */
export function containersOf({ spec }: KubernetesObject): Container[] {
  const pod = spec?.template?.spec;
  return pod === undefined ? [] : [...(pod.initContainers ?? []), ...pod.containers];
}

/** What a container is told by its environment, from the ConfigMaps beside it; Secrets are left out. */
export function environmentOf(
  container: Container,
  objects: readonly KubernetesObject[],
): Record<string, string> {
  const maps = (container.envFrom ?? []).flatMap(({ configMapRef }) => {
    if (configMapRef === undefined) return [];
    const map = objects.find(
      ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === configMapRef.name,
    );
    if (map === undefined) throw new Error(`There is no ConfigMap ${configMapRef.name}.`);
    return [map.data ?? {}];
  });
  const own = (container.env ?? []).flatMap(({ name, value }) =>
    value === undefined ? [] : [[name, value]],
  );
  return Object.assign({}, ...maps, Object.fromEntries(own));
}
