import { accessSync, constants, statSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** Where to look for the server. */
export interface SearchPlaces {
  /** The setting `storylsp.server.path`; empty when the writer has not set it. */
  readonly setting: string;
  /** The first folder of the workspace, which a relative setting starts from. */
  readonly folder: string | undefined;
  /** The folder of the extension, which may carry a server in `server/`. */
  readonly extension: string;
  /** The value of `PATH`. */
  readonly searchPath: string;
}

/** The server that was found, or in one sentence why there is none. */
export type FoundServer = { readonly command: string } | { readonly problem: string };

const windows = process.platform === 'win32';
const program = windows ? 'storylsp.exe' : 'storylsp';

/** The server that the setting names, else the one in the extension, else the one on `PATH`. */
export function findServer(places: SearchPlaces): FoundServer {
  const setting = places.setting.trim();
  if (setting !== '') {
    return fromSetting(setting, places.folder);
  }
  const carried = path.join(places.extension, 'server', program);
  if (problemWith(carried) === undefined) {
    return { command: carried };
  }
  for (const folder of places.searchPath.split(path.delimiter)) {
    const candidate = path.join(folder, program);
    if (path.isAbsolute(folder) && problemWith(candidate) === undefined) {
      return { command: candidate };
    }
  }
  return { problem: 'The StoryLsp server was not found: there is no `storylsp` on PATH. Install it, or say where it is in the setting storylsp.server.path.' };
}

/** A setting that names nothing usable is an error, and never a reason to start some other server instead. */
function fromSetting(setting: string, folder: string | undefined): FoundServer {
  const named = setting.startsWith('~/') ? path.join(os.homedir(), setting.slice(2)) : setting;
  if (!path.isAbsolute(named) && folder === undefined) {
    return { problem: `The setting storylsp.server.path is “${setting}”, a relative path, and no folder is open that it could start from. Use an absolute path.` };
  }
  const command = path.resolve(folder ?? '/', named);
  const problem = problemWith(command);
  return problem === undefined ? { command } : { problem: `The setting storylsp.server.path names ${command}, ${problem}.` };
}

function problemWith(file: string): string | undefined {
  try {
    if (!statSync(file).isFile()) {
      return 'which is a folder; name the program in it';
    }
  } catch {
    return 'which does not exist';
  }
  try {
    accessSync(file, constants.X_OK);
  } catch {
    return 'which may not be run; make it executable';
  }
  return undefined;
}
