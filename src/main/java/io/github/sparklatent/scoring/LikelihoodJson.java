package io.github.sparklatent.scoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.ArrayList;
import java.util.List;

/** Converts likelihoods to JSON and back. */
final class LikelihoodJson {
    private LikelihoodJson() {}

    /** Returns a likelihood as JSON. */
    public static ObjectNode of(Likelihood likelihood) {
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
    public static Likelihood read(JsonNode node) {
        String type = ArchitectureJson.field(node, "type").asText();
        if (type.equals("composite")) {
            List<Composite.Group> groups = new ArrayList<>();
            for (JsonNode entry : ArchitectureJson.field(node, "groups")) {
                List<Integer> columns = new ArrayList<>();
                ArchitectureJson.field(entry, "columns").forEach(column -> columns.add(column.asInt()));
                groups.add(new Composite.Group(columns, read(ArchitectureJson.field(entry, "likelihood"))));
            }
            return new Composite(groups);
        }
        int width = ArchitectureJson.number(node, "width");
        return switch (type) {
            case "bernoulli" ->
                new Bernoulli(width, ArchitectureJson.field(node, "binary").asBoolean());
            case "gaussian" ->
                new Gaussian(
                        width,
                        ArchitectureJson.field(node, "variance").asDouble(),
                        ArchitectureJson.field(node, "learnt").asBoolean());
            case "gaussian-output" ->
                new OutputGaussian(
                        width, ArchitectureJson.field(node, "lowerBound").asDouble());
            case "categorical" -> new Categorical(width, node.path("reference").asBoolean());
            case "poisson" -> new Poisson(width);
            case "given" -> new Conditions.Given(width, node.path("mask").asBoolean());
            default -> new IndependentColumns(family(type), width);
        };
    }
}
