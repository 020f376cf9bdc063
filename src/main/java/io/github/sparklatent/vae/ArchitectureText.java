package io.github.sparklatent.vae;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.ImageShape;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.LayerSpec;
import java.util.List;

/**
 * An architecture as one line of text and back: what is stored beside the parameters of a model.
 * Equal architectures have equal lines.
 *
 * <pre>
 *   architecture(inputs(784),image(1,28,28),latent(20),encoder(convolution(32,4,2,1),dense(500)),
 *       decoder(dense(500)),activation(relu),likelihood(bernoulli(784)),initialization(he-uniform))
 * </pre>
 */
final class ArchitectureText {
    private static final List<String> PARTS =
            List.of(
                    "inputs",
                    "image",
                    "latent",
                    "encoder",
                    "decoder",
                    "activation",
                    "likelihood",
                    "initialization");

    private ArchitectureText() {}

    static String write(Architecture a) {
        ImageShape image = a.image();
        return Term.of(
                        "architecture",
                        Term.of("inputs", a.inputs()),
                        image == null
                                ? Term.of("image")
                                : Term.of("image", image.channels(), image.height(), image.width()),
                        Term.of("latent", a.latent()),
                        layers("encoder", a.encoder()),
                        layers("decoder", a.decoder()),
                        Term.of("activation", a.activation()),
                        Term.of("likelihood", LikelihoodText.write(a.likelihood())),
                        Term.of("initialization", a.initialization()))
                .toString();
    }

    private static Term layers(String name, List<LayerSpec> layers) {
        return new Term(name, layers.stream().map(ArchitectureText::layer).toList());
    }

    private static Term layer(LayerSpec layer) {
        if (layer instanceof LayerSpec.Kernel k) {
            return Term.of("convolution", k.channels(), k.kernel(), k.stride(), k.padding());
        }
        return Term.of("dense", ((LayerSpec.Width) layer).width());
    }

    static Architecture read(String text) {
        Term term = Term.parse(text);
        List<String> names = term.parts().stream().map(Term::name).toList();
        Require.that(
                names.equals(PARTS), "architecture has the parts %s, expected %s", names, PARTS);
        Term image = term.part(1);
        return new Architecture(
                term.part(0).integer(0),
                image.parts().isEmpty()
                        ? null
                        : new ImageShape(image.integer(0), image.integer(1), image.integer(2)),
                term.part(2).integer(0),
                term.part(3).parts().stream().map(ArchitectureText::readLayer).toList(),
                term.part(4).parts().stream().map(ArchitectureText::readLayer).toList(),
                Activation.of(term.part(5).part(0).name()),
                LikelihoodText.read(term.part(6).part(0)),
                Initialization.of(term.part(7).part(0).name()));
    }

    private static LayerSpec readLayer(Term term) {
        return switch (term.name()) {
            case "dense" -> new LayerSpec.Width(term.integer(0));
            case "convolution" ->
                    new LayerSpec.Kernel(
                            term.integer(0), term.integer(1), term.integer(2), term.integer(3));
            default ->
                    throw new IllegalArgumentException(
                            "layer is \"%s\", expected dense or convolution"
                                    .formatted(term.name()));
        };
    }
}
