package io.github.sparklatent.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.TextFormat;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class TableOptionsTest {
    private static final TableOptions OPTIONS = new TableOptions(
            List.of("x*"),
            "kind",
            "w",
            "key",
            false,
            Invalid.SKIP,
            Scale.UNIT,
            0.25,
            7,
            3,
            "pieces",
            true,
            1000,
            TextFormat.DEFAULT,
            new Gate(0.1, (sample, keys) -> {}),
            () -> null,
            2);

    @Test
    void oneOptionChangesAndTheOthersDoNot() throws ReflectiveOperationException {
        Map<String, UnaryOperator<TableOptions>> changes = new LinkedHashMap<>();
        changes.put("features", options -> options.withFeatures(List.of("y")));
        changes.put("label", options -> options.withLabel("class"));
        changes.put("weight", options -> options.withWeight("mass"));
        changes.put("id", options -> options.withId("number"));
        changes.put("isPlaced", options -> options.withIsPlaced(true));
        changes.put("invalid", options -> options.withInvalid(Invalid.ERROR));
        changes.put("scale", options -> options.withScale(Scale.STANDARD));
        changes.put("holdoutFraction", options -> options.withHoldoutFraction(0.5));
        changes.put("seed", options -> options.withSeed(8));
        changes.put("partitions", options -> options.withPartitions(4));
        changes.put("partitionsKey", options -> options.withPartitionsKey("parts"));
        changes.put("trainedOn", TableOptions::onlyMeasured);
        changes.put("driverBytes", options -> options.withDriverBytes(0));
        changes.put("text", options -> options.withText(new TextFormat(List.of(), ',')));
        changes.put("gate", options -> options.withGate(new Gate(0.5, (sample, keys) -> {})));
        changes.put("kept", options -> options.withKept(() -> null));
        changes.put("unread", options -> options.withUnread(5));
        RecordComponent[] components = TableOptions.class.getRecordComponents();
        assertThat(changes.keySet())
                .containsExactlyElementsOf(
                        Arrays.stream(components).map(RecordComponent::getName).toList());
        for (RecordComponent component : components) {
            for (String changed : changes.keySet()) {
                Object before = component.getAccessor().invoke(OPTIONS);
                Object after =
                        component.getAccessor().invoke(changes.get(changed).apply(OPTIONS));
                assertThat(after.equals(before))
                        .as("%s, where %s changes", component.getName(), changed)
                        .isEqualTo(!component.getName().equals(changed));
            }
        }
    }
}
