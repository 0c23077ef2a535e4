package dev.skelly.stream;

import java.util.List;

/** Messages of one node's turn for the live readers of all nodes. */
record LiveMessages(List<LiveMessage> messages) {

    LiveMessages {
        messages = List.copyOf(messages);
    }
}
