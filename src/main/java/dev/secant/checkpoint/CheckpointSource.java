package dev.secant.checkpoint;

import java.util.List;

/** A place where checkpoints lie. */
interface CheckpointSource {

    /** The folders there now, each with a stamp that changes when its content does. */
    List<Entry> entries();

    /**
     * A checkpoint's folder.
     *
     * @param name its name by the folder
     * @param version its version by the folder
     * @param stamp equal as long as the content is
     * @param reader reads and verifies it; throws {@link CheckpointException}
     */
    record Entry(String name, String version, String stamp, Reader reader) {

        String id() {
            return name + "@" + version;
        }
    }

    /** Reads one checkpoint. */
    interface Reader {
        Checkpoint read();
    }
}
