package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.cluster.storage.HadoopStore;
import io.github.sparklatent.cluster.storage.ObjectStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Outputs on stores whose rename is a copy. */
class SharedOutputTest extends CommandTest {
    @BeforeEach
    void table() {
        write("groups.csv", groups(60));
        spark.sparkContext()
                .hadoopConfiguration()
                .set("fs." + ObjectStore.SCHEME + ".impl", ObjectStore.class.getName());
        spark.sparkContext().hadoopConfiguration().set(HadoopStore.TRUSTED, ObjectStore.SCHEME);
    }

    /** A training of two rounds. */
    @Override
    String[] training(String... further) {
        return with(super.training(further), "train.maxRounds = 2");
    }

    @Test
    void anObjectStoreReplacesAResult() {
        String[] plain = training("output.path = \"objects://DIR/plain\"");
        done(run("train", plain));
        assertThat(done(run("inspect", plain)).out()).contains("2 components");
        assertRefused(
                run("train", with(plain, "model.components = 4")),
                2,
                "/plain\" exists; set output.overwrite = true to replace it");
        done(run("train", with(plain, "output.overwrite = true, model.components = 3")));
        assertThat(done(run("inspect", plain)).out()).contains("3 components");
        done(run("evaluate", plain));
    }
}
