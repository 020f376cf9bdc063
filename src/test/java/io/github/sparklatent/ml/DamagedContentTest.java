package io.github.sparklatent.ml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.Mutations;
import io.github.sparklatent.SavedContent;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.core.ModelFamilies;
import io.github.sparklatent.ml.core.ModelFamily;
import io.github.sparklatent.ml.core.TrainingMonitor;
import io.github.sparklatent.ml.io.ModelDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A value of a content that is missing or of another type never gives an internal error. */
@Tag("slow")
class DamagedContentTest {
    private static final int LOADS = 1 + Mutations.count() / 10;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<JsonNode> VALUES = List.of(
            NODES.nullNode(),
            NODES.textNode("x"),
            NODES.numberNode(-1),
            NODES.arrayNode(),
            NODES.objectNode(),
            NODES.missingNode());

    @TempDir
    private static Path folder;

    private static SparkSession spark;

    @BeforeAll
    static void prepare() throws IOException {
        spark = LocalSpark.session();
        FamilyTables.write(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ppca", "gmm", "mixture", "vae"})
    void aDamagedModelIsRefusedInASentence(String type) throws IOException {
        ModelFamily<?, ?> family = ModelFamilies.of(Families.types().find(type).orElseThrow());
        Path model = folder.resolve(type);
        new FamilyRun(spark, folder, type)
                .train(new TrainingMonitor() {})
                .model()
                .save(model.toString());
        ArrayNode whole = SavedContent.read(model);
        List<List<Object>> places = new ArrayList<>();
        collect(whole, List.of(), places);
        SplittableRandom random = new SplittableRandom(Long.getLong("mutations.seed", 1));
        int refused = 0;
        for (int i = 0; i < LOADS; i++) {
            List<Object> place = places.get(random.nextInt(places.size()));
            JsonNode value = VALUES.get(random.nextInt(VALUES.size()));
            SavedContent.write(model, with(whole.deepCopy(), place, value));
            try {
                family.read(new ModelDirectory(spark, model.toString()));
            } catch (DataException e) {
                assertThat(e).hasMessageContaining("the model at " + model);
                assertThat(e.getMessage()).doesNotContain("Exception", "because \"");
                refused++;
            } catch (UsageException e) {
                assertThat(e.getMessage()).startsWith("the density ");
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    /** Collects the paths of all values, but only those of the first value of an array. */
    private static void collect(JsonNode node, List<Object> path, List<List<Object>> places) {
        if (!path.isEmpty()) {
            places.add(path);
        }
        node.fieldNames().forEachRemaining(name -> collect(node.get(name), plus(path, name), places));
        for (int i = 0; node.isArray() && i < (path.isEmpty() ? 2 : Math.min(1, node.size())); i++) {
            collect(node.get(i), plus(path, i), places);
        }
    }

    private static List<Object> plus(List<Object> path, Object step) {
        List<Object> more = new ArrayList<>(path);
        more.add(step);
        return more;
    }

    private static JsonNode with(JsonNode root, List<Object> path, JsonNode value) {
        JsonNode at = root;
        for (Object step : path.subList(0, path.size() - 1)) {
            at = step instanceof Integer i ? at.get(i) : at.get((String) step);
        }
        Object last = path.get(path.size() - 1);
        if (at instanceof ObjectNode object) {
            object.remove((String) last);
            if (!value.isMissingNode()) {
                object.set((String) last, value);
            }
        } else {
            ((ArrayNode) at).remove((int) last);
            if (!value.isMissingNode()) {
                ((ArrayNode) at).insert((int) last, value);
            }
        }
        return root;
    }
}
