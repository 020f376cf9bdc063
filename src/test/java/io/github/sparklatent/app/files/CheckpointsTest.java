package io.github.sparklatent.app.files;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.app.config.CheckpointSection;
import io.github.sparklatent.config.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    @TempDir private java.nio.file.Path folder;

    /** Root may read everything, so it takes a file system that refuses. */
    public static final class Closed extends RawLocalFileSystem {
        @Override
        public FSDataInputStream open(Path file, int bufferSize) throws IOException {
            throw new AccessControlException("Permission denied: user=me");
        }
    }

    /** It is a place that the configuration names, not the data. */
    @Test
    void aCheckpointThatCannotBeReadIsAnErrorOfUse() throws IOException {
        String path = Files.writeString(folder.resolve("checkpoint"), "something").toString();
        Configuration hadoop = new Configuration();
        hadoop.set("fs.file.impl", Closed.class.getName());
        hadoop.setBoolean("fs.file.impl.disable.cache", true);
        CheckpointSection section = new CheckpointSection(5, Optional.of(path));
        assertThatThrownBy(() -> Checkpoints.requireUsable(hadoop, section))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "train.checkpoint.path \"%s\" cannot be reached: Permission denied: user=me"
                                .formatted(path));
    }
}
