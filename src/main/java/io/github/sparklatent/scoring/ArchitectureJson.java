package io.github.sparklatent.scoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.ImageShape;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.nn.likelihood.Categorical;
import io.github.sparklatent.nn.likelihood.ColumnFamily;
import io.github.sparklatent.nn.likelihood.Composite;
import io.github.sparklatent.nn.likelihood.Conditions;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.nn.likelihood.IndependentColumns;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.github.sparklatent.nn.likelihood.OutputGaussian;
import io.github.sparklatent.nn.likelihood.Poisson;
import io.github.sparklatent.settings.Names;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.PosteriorCovariance;
import io.github.sparklatent.vae.model.PriorCovariance;
import java.util.ArrayList;
import java.util.List;

/** Converts the architecture of a model to JSON and back, for the metadata of a saved model. */
public final class ArchitectureJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ArchitectureJson() {}

    /** Returns an architecture as JSON. */
    public static String text(Architecture architecture) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("inputs", architecture.inputs());
        if (architecture.image() != null) {
            ImageShape image = architecture.image();
            root.putArray("image").add(image.channels()).add(image.height()).add(image.width());
        }
        root.put("latent", architecture.latent());
        layers(architecture.encoder(), root.putArray("encoder"));
        layers(architecture.decoder(), root.putArray("decoder"));
        root.put("activation", architecture.activation().toString());
        root.set("likelihood", of(architecture.likelihood()));
        root.put("initialization", architecture.initialization().toString());
        if (architecture.components() > 0) {
            root.put("components", architecture.components());
        }
        if (!architecture.auxiliary().isEmpty()) {
            layers(architecture.auxiliary(), root.putArray("auxiliary"));
        }
        if (architecture.covariance() == PosteriorCovariance.FULL) {
            root.put("posterior", architecture.covariance().toString());
        }
        if (architecture.priorCovariance() != PriorCovariance.DIAGONAL) {
            root.put("priorCovariance", architecture.priorCovariance().toString());
        }
        if (architecture.mask()) {
            root.put("mask", true);
        }
        return root.toString();
    }

    private static void layers(List<LayerSpec> layers, ArrayNode array) {
        for (LayerSpec layer : layers) {
            if (layer instanceof LayerSpec.Kernel kernel) {
                array.addObject()
                        .put("conv", kernel.channels())
                        .put("kernel", kernel.kernel())
                        .put("stride", kernel.stride())
                        .put("padding", kernel.padding());
            } else if (layer instanceof LayerSpec.Width dense) {
                array.add(dense.width());
            }
        }
    }

    /** Reads an architecture from JSON. Throws a DataException if the text is damaged. */
    public static Architecture read(String text) {
        try {
            JsonNode root = MAPPER.readTree(text);
            return new Architecture(
                    number(root, "inputs"),
                    image(root),
                    number(root, "latent"),
                    layers(field(root, "encoder")),
                    layers(field(root, "decoder")),
                    constant(Activation.class, root, "activation"),
                    likelihood(field(root, "likelihood")),
                    constant(Initialization.class, root, "initialization"),
                    root.has("components") ? number(root, "components") : 0,
                    root.has("auxiliary") ? layers(root.get("auxiliary")) : List.of(),
                    root.has("posterior")
                            ? constant(PosteriorCovariance.class, root, "posterior")
                            : PosteriorCovariance.DIAGONAL,
                    root.has("priorCovariance")
                            ? constant(PriorCovariance.class, root, "priorCovariance")
                            : PriorCovariance.DIAGONAL,
                    root.path("mask").asBoolean());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new DataException(
                    "the architecture of the model is damaged: "
                            + e.getMessage().lines().findFirst().orElse(""),
                    e);
        }
    }

    private static <E extends Enum<E>> E constant(Class<E> type, JsonNode root, String name) {
        return Names.parse(type, name, field(root, name).asText());
    }

    private static ImageShape image(JsonNode root) {
        if (!root.has("image")) {
            return null;
        }
        JsonNode image = root.get("image");
        return new ImageShape(
                image.path(0).asInt(), image.path(1).asInt(), image.path(2).asInt());
    }

    private static List<LayerSpec> layers(JsonNode array) {
        List<LayerSpec> layers = new ArrayList<>();
        for (JsonNode layer : array) {
            layers.add(
                    layer.isObject()
                            ? new LayerSpec.Kernel(
                                    number(layer, "conv"),
                                    number(layer, "kernel"),
                                    number(layer, "stride"),
                                    number(layer, "padding"))
                            : new LayerSpec.Width(layer.asInt()));
        }
        return layers;
    }

    /** Returns a field of a JSON object. Throws an IllegalArgumentException if it does not exist. */
    public static JsonNode field(JsonNode node, String name) {
        JsonNode field = node.get(name);
        if (field == null) {
            throw new IllegalArgumentException("it has no \"" + name + "\"");
        }
        return field;
    }

    /**
     * Returns a field of a JSON object as an integer.
     *
     * @throws IllegalArgumentException if it does not exist or is not an integer
     */
    public static int number(JsonNode node, String name) {
        JsonNode field = field(node, name);
        if (!field.isInt()) {
            throw new IllegalArgumentException("its \"%s\" is %s, expected an integer".formatted(name, field));
        }
        return field.asInt();
    }

    /** Returns a likelihood as JSON. */
    private static ObjectNode of(Likelihood likelihood) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (likelihood instanceof Composite composite) {
            ArrayNode groups = node.put("type", "composite").putArray("groups");
            for (Composite.Group group : composite.groups()) {
                ObjectNode entry = groups.addObject();
                ArrayNode columns = entry.putArray("columns");
                group.columns().forEach(columns::add);
                entry.set("likelihood", of(group.likelihood()));
            }
            return node;
        }
        node.put("type", type(likelihood)).put("width", likelihood.width());
        if (likelihood instanceof Gaussian gaussian) {
            node.put("variance", gaussian.variance()).put("learnt", gaussian.learnt());
        } else if (likelihood instanceof Bernoulli bernoulli) {
            node.put("binary", bernoulli.binary());
        } else if (likelihood instanceof Categorical categorical) {
            node.put("reference", categorical.hasReference());
        } else if (likelihood instanceof Conditions.Given given) {
            node.put("mask", given.mask());
        } else if (likelihood instanceof OutputGaussian gaussian) {
            node.put("lowerBound", gaussian.lowerBound());
        }
        return node;
    }

    private static String type(Likelihood likelihood) {
        if (likelihood instanceof Bernoulli) {
            return "bernoulli";
        } else if (likelihood instanceof Gaussian) {
            return "gaussian";
        } else if (likelihood instanceof OutputGaussian) {
            return "gaussian-output";
        } else if (likelihood instanceof Categorical) {
            return "categorical";
        } else if (likelihood instanceof Poisson) {
            return "poisson";
        } else if (likelihood instanceof Conditions.Given) {
            return "given";
        } else if (likelihood instanceof IndependentColumns columns) {
            return columns.family().toString();
        }
        throw new IllegalArgumentException("a likelihood of " + likelihood.getClass() + " cannot be saved");
    }

    private static ColumnFamily family(String type) {
        return ColumnFamily.of(type)
                .orElseThrow(() -> new IllegalArgumentException("likelihood \"" + type + "\" is unknown"));
    }

    /** Reads a likelihood from JSON. Throws an IllegalArgumentException if a field is missing or a type is unknown. */
    private static Likelihood likelihood(JsonNode node) {
        String type = field(node, "type").asText();
        if (type.equals("composite")) {
            List<Composite.Group> groups = new ArrayList<>();
            for (JsonNode entry : field(node, "groups")) {
                List<Integer> columns = new ArrayList<>();
                field(entry, "columns").forEach(column -> columns.add(column.asInt()));
                groups.add(new Composite.Group(columns, likelihood(field(entry, "likelihood"))));
            }
            return new Composite(groups);
        }
        int width = number(node, "width");
        return switch (type) {
            case "bernoulli" -> new Bernoulli(width, field(node, "binary").asBoolean());
            case "gaussian" ->
                new Gaussian(
                        width,
                        field(node, "variance").asDouble(),
                        field(node, "learnt").asBoolean());
            case "gaussian-output" ->
                new OutputGaussian(width, field(node, "lowerBound").asDouble());
            case "categorical" -> new Categorical(width, node.path("reference").asBoolean());
            case "poisson" -> new Poisson(width);
            case "given" -> new Conditions.Given(width, node.path("mask").asBoolean());
            default -> new IndependentColumns(family(type), width);
        };
    }
}
