package dev.skelly.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** Brings work back to the thread of a request: the server refuses a response that another thread writes. */
public final class RequestThread {

    private RequestThread() {}

    /**
     * Returns a future with the outcome of {@code work} whose handlers run on the calling context, on whichever thread the work ends. Without a
     * context, as in a test, they run on that thread.
     */
    public static <T> Future<T> back(Future<T> work) {
        var here = Vertx.currentContext();
        if (here == null || work.isComplete()) {
            return work;
        }
        var outcome = Promise.<T>promise();
        work.onComplete(ended -> {
            if (here.equals(Vertx.currentContext())) {
                outcome.handle(ended);
            } else {
                here.runOnContext(turn -> outcome.handle(ended));
            }
        });
        return outcome.future();
    }
}
