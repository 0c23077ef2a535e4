package dev.skelly.node;

import dev.skelly.config.OwnerOnly;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the data folder and the files with secrets or personal data from other users of the machine, also those that were there before. */
final class OwnerOnlyPaths {

    private static final Logger LOGGER = LoggerFactory.getLogger(OwnerOnlyPaths.class);

    private OwnerOnlyPaths() {}

    /** Takes the permissions of others away, and warns once about all paths that had some. Blocks briefly. */
    static void mend(NodeConfig config) {
        var folder = config.data().dir();
        var mended = new ArrayList<Path>();
        for (var path : List.of(
                folder,
                folder.resolve("outbox"),
                folder.resolve("broker"),
                folder.resolve("secrets"),
                folder.resolve("master-key"),
                config.privacy().erasureFile(folder),
                config.proof().file(folder))) {
            try {
                if (OwnerOnly.mend(path)) {
                    mended.add(path);
                }
            } catch (IOException e) {
                LOGGER.atWarn()
                        .addKeyValue("path", path)
                        .setCause(e)
                        .log("other users of this machine can read this, and its mode cannot be changed");
            }
        }
        if (!mended.isEmpty()) {
            LOGGER.atWarn()
                    .addKeyValue("paths", mended)
                    .log("other users of this machine could read these; from now on only their owner can");
        }
    }
}
