import { subscribe } from "node:diagnostics_channel";
import type { Clock } from "../../../src/domain/ports.ts";
import { virtualClock } from "./virtual-clock.ts";

/** Between two requests a program may take some turns of the event loop, but asks for nothing to come by itself. */
const QUIET_TURNS = 10;

const underWay = new Set<unknown>();
const begin = (message: unknown): void => void underWay.add((message as { request: unknown }).request);
const end = (message: unknown): void => void underWay.delete((message as { request: unknown }).request);
subscribe("undici:request:create", begin);
subscribe("undici:request:trailers", end);
subscribe("undici:request:error", end);

/**
 * A clock that moves only when everybody sleeps and no request of this process is on its way: then a program that talks
 * over real sockets meets its deadlines as it would if the network took no time.
 */
export function patientClock(): Clock {
  return virtualClock(1, (go) => {
    let quiet = 0;
    const look = (): void => {
      quiet = underWay.size > 0 ? 0 : quiet + 1;
      if (quiet >= QUIET_TURNS) go();
      // A timer sleeps until something comes over the network; a turn does not.
      else if (underWay.size > 0) setTimeout(look, 1);
      else setImmediate(look);
    };
    look();
  });
}
