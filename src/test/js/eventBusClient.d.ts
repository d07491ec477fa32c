/** As far as this library uses it; the package has no types of its own. */
declare module "@vertx/eventbus-bridge-client.js" {
  import type { EventBusLike } from "../../main/js/src/index.js";

  const EventBus: new (url: string, options?: object) => EventBusLike;
  export default EventBus;
}
