// deploy/nginx/nginx.conf, the balancer's own configuration, with this machine's addresses in place of the containers', so that what is
// rehearsed is what is deployed.

export type BalancerPlaces = {
  /** Where it listens, on 127.0.0.1. */
  port: number;
  /** Of the API's processes, on 127.0.0.1. */
  apiPorts: readonly number[];
  /** For its own files: its process id and bodies that it does not hold in memory. */
  folder: string;
};

const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

/**
 * All shoppers of a rehearsal come from one address, so the limit of sign-ins for each address is taken out.
 * @throws Error when the file has not what is to be replaced
 */
export function nginxConfiguration(file: string, { port, apiPorts, folder }: BalancerPlaces): string {
  const servers = apiPorts.map((one) => `server 127.0.0.1:${one} max_fails=2 fail_timeout=2s;`);
  const temporary = TEMPORARY.map((name) => `${name}_temp_path ${folder}/${name};`);
  const replaced = [
    [/pid [^;]*;/, `pid ${folder}/nginx.pid;`],
    [/include servers\.conf;/, servers.join('\n    ')],
    [/listen 8000;/, `listen 127.0.0.1:${port};`],
    // Everything is on loopback here, and the generator speaks HTTP/1.1.
    [/^\s*include tls\/[^;]*;\n/m, ''],
    [/http \{/, `http {\n  ${temporary.join('\n  ')}`],
    [/^\s*limit_req zone=[^;]*;\n/m, ''],
  ] as const;
  return replaced.reduce((text, [from, to]) => {
    if (!from.test(text))
      throw new Error(
        `deploy/nginx/nginx.conf: found nothing like ${from}, which must be replaced for this machine.`,
      );
    return text.replace(from, to);
  }, file);
}
