package io.github.sparklatent.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.nn.likelihood.Categorical;
import io.github.sparklatent.nn.likelihood.Composite;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.nn.likelihood.OutputGaussian;
import io.github.sparklatent.nn.likelihood.Poisson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is sent to the workers arrives as it was. */
class SerializationTest {
    static Stream<Object> specs() {
        ImageShape image = new ImageShape(1, 8, 8);
        NetworkPlan plan = new NetworkPlan(64, image, Activation.GELU, Initialization.XAVIER_UNIFORM);
        List<LayerSpec> hidden = List.of(new LayerSpec.Kernel(2, 3, 2), new LayerSpec.Width(5));
        return Stream.of(
                plan,
                hidden.get(0),
                hidden.get(1),
                plan.encoder("encoder", hidden, 4),
                plan.decoder("decoder", 2, NetworkPlan.reversed(hidden), 64),
                plan.encoder("encoder", hidden, 4).parameters().get(0),
                new Bernoulli(3),
                Gaussian.learnt(2),
                new Composite(List.of(
                        new Composite.Group(List.of(1, 0), new Categorical(2, false)),
                        Composite.Group.from(2, new Poisson(1)),
                        Composite.Group.from(3, new OutputGaussian(1, 0.1)))));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void roundTrip(Object spec) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(spec);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(spec);
        }
    }
}
