// The home that OpenSearch's main class needs, made of its jars: the core in lib/, each module in a folder of its own with a
// description of itself. A module's jars must not stand in lib/ as well.
import { constants, copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LOG_SETTINGS = join(import.meta.dirname, 'opensearch', 'log4j2.properties');

type Module = {
  name: string;
  classname: string;
  jars: RegExp;
  /** What its code may do beyond the server's own rules. */
  policy?: string;
};

const MODULES: readonly Module[] = [
  {
    name: 'transport-netty4',
    classname: 'org.opensearch.transport.Netty4Plugin',
    jars: /^(netty-|transport-netty4-client)/,
    // Sockets are its task; without the first two its threads do not end with the node, and SIGTERM takes half a minute.
    policy: `grant {
  permission java.lang.RuntimePermission "getClassLoader";
  permission java.lang.RuntimePermission "setContextClassLoader";
  permission java.net.SocketPermission "*", "accept,connect,resolve";
};
`,
  },
  {
    name: 'analysis-common',
    classname: 'org.opensearch.analysis.common.CommonAnalysisPlugin',
    jars: /^analysis-common/,
  },
];

/** Makes the home in an empty folder, with copies of the jars; gives the folders that the node writes to. */
export function layOutOpensearch(
  home: string,
  libs: string,
  version: string,
  node: { httpPort: number; transportPort: number },
): { config: string; data: string; logs: string } {
  const folder = (...parts: string[]) => {
    const path = join(home, ...parts);
    mkdirSync(path, { recursive: true });
    return path;
  };
  for (const jar of readdirSync(libs)) {
    const owner = MODULES.find(({ jars }) => jars.test(jar));
    const place = owner === undefined ? folder('lib') : folder('modules', owner.name);
    // Not a link: the server may read no jar outside of its home.
    copyFileSync(join(libs, jar), join(place, jar), constants.COPYFILE_FICLONE);
  }
  for (const { name, classname, policy } of MODULES) {
    const place = folder('modules', name);
    writeFileSync(join(place, 'plugin-descriptor.properties'), descriptor(name, classname, version));
    if (policy !== undefined) writeFileSync(join(place, 'plugin-security.policy'), policy);
  }
  for (const empty of ['bin', 'plugins']) folder(empty);
  const config = folder('config');
  const [data, logs] = [folder('data'), folder('logs')];
  copyFileSync(LOG_SETTINGS, join(config, 'log4j2.properties'));
  writeFileSync(join(config, 'opensearch.yml'), nodeSettings({ ...node, data, logs }));
  return { config, data, logs };
}

function descriptor(name: string, classname: string, version: string): string {
  const entries = {
    name,
    description: name,
    version,
    'opensearch.version': version,
    'java.version': '11',
    classname,
  };
  return Object.entries(entries)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

/** One node for itself on loopback, which no kernel setting is needed for; JSON is YAML. */
function nodeSettings(node: { httpPort: number; transportPort: number; data: string; logs: string }): string {
  const settings = {
    'cluster.name': 'stampede',
    'discovery.type': 'single-node',
    'network.host': '127.0.0.1',
    'http.port': node.httpPort,
    'transport.port': node.transportPort,
    'path.data': node.data,
    'path.logs': node.logs,
    // A mistyped name is an error, not an index.
    'action.auto_create_index': '*behaviour-*',
    'cluster.routing.allocation.disk.threshold_enabled': false,
  };
  return `${JSON.stringify(settings, null, 2)}\n`;
}
