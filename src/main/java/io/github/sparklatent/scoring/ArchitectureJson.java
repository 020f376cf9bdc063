package io.github.sparklatent.scoring;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.StateCodec;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.likelihood.Composite;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.github.sparklatent.nn.likelihood.LikelihoodType;
import io.github.sparklatent.vae.model.Architecture;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Converts the architecture of a model to JSON and back, for the metadata of a saved model. */
public final class ArchitectureJson {
    private static final String TYPE = "type";
    private static final String COMPOSITE = "composite";

    /** Writes and reads records by their components. */
    private static final ObjectMapper RECORDS = StateCodec.JSON
            .copy()
            .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
            .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private static final ObjectMapper FORM = RECORDS.copy()
            .registerModule(new SimpleModule()
                    .addSerializer(Likelihood.class, new LikelihoodWriter())
                    .addDeserializer(Likelihood.class, new LikelihoodReader())
                    .addDeserializer(LayerSpec.class, new LayerReader()));

    /** The components that are left out where they have these values. */
    private static final String DEFAULTS = """
            {"image": null, "components": 0, "auxiliary": [], "posterior": "diagonal", "priorCovariance": "diagonal",
             "mask": false}""";

    private ArchitectureJson() {}

    /** Returns an architecture as JSON. */
    public static String text(Architecture architecture) {
        ObjectNode root = FORM.valueToTree(architecture);
        defaults().properties().forEach(preset -> {
            if (preset.getValue().equals(root.get(preset.getKey()))) {
                root.remove(preset.getKey());
            }
        });
        return root.toString();
    }

    private static ObjectNode defaults() {
        try {
            return (ObjectNode) FORM.readTree(DEFAULTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads an architecture from JSON. Throws an IllegalArgumentException if the text is damaged. */
    public static Architecture read(String text) {
        try {
            JsonNode given = FORM.readTree(text);
            Require.that(given.isObject(), "it is %s, expected an object", given);
            given.properties().forEach(own -> Require.that(!own.getValue().isNull(), "%s is null", own.getKey()));
            return FORM.treeToValue(defaults().setAll((ObjectNode) given), Architecture.class);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            Throwable reason = e.getCause() instanceof IllegalArgumentException cause ? cause : e;
            throw new IllegalArgumentException(
                    "the architecture of the model is damaged: "
                            + reason.getMessage().lines().findFirst().orElse("").replaceFirst("; `Des.*", ""),
                    e);
        }
    }

    /** Writes the type of a likelihood before its components. */
    private static final class LikelihoodWriter extends JsonSerializer<Likelihood> {
        @Override
        public void serialize(Likelihood likelihood, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            ObjectNode node = RECORDS.createObjectNode();
            if (likelihood instanceof Composite composite) {
                node.put(TYPE, COMPOSITE).set("groups", FORM.valueToTree(composite.groups()));
            } else {
                LikelihoodType type = Arrays.stream(LikelihoodType.values())
                        .filter(candidate -> candidate.form().isInstance(likelihood))
                        .findFirst()
                        .orElseThrow();
                node.put(TYPE, type.toString()).setAll(RECORDS.<ObjectNode>valueToTree(likelihood));
            }
            out.writeTree(node);
        }
    }

    private static final class LikelihoodReader extends JsonDeserializer<Likelihood> {
        @Override
        public Likelihood deserialize(JsonParser in, DeserializationContext context) throws IOException {
            JsonNode node = in.readValueAsTree();
            String type = node.path(TYPE).asText();
            if (type.equals(COMPOSITE)) {
                return new Composite(List.of(FORM.treeToValue(node.path("groups"), Composite.Group[].class)));
            }
            return RECORDS.treeToValue(
                    node,
                    LikelihoodType.of(type)
                            .orElseThrow(() -> new IllegalArgumentException("likelihood \"" + type + "\" is unknown"))
                            .form());
        }
    }

    private static final class LayerReader extends JsonDeserializer<LayerSpec> {
        @Override
        public LayerSpec deserialize(JsonParser in, DeserializationContext context) throws IOException {
            JsonNode node = in.readValueAsTree();
            return node.isObject()
                    ? RECORDS.treeToValue(node, LayerSpec.Kernel.class)
                    : new LayerSpec.Width(node.asInt());
        }
    }
}
