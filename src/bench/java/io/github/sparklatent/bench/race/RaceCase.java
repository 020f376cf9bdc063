package io.github.sparklatent.bench.race;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A model that several systems can fit to the same rows. */
interface RaceCase {
    /** The mixtures, other models, then the networks. */
    List<RaceCase> ALL = Stream.<List<? extends RaceCase>>of(MixtureCase.ALL, ModelCase.ALL, NetworkCase.ALL)
            .<RaceCase>flatMap(List::stream)
            .toList();

    /** Name, as in {@code --only}. */
    String name();

    /** Size of rows and model, as in the tables. */
    String size();

    /** What an iteration is: round or epoch. */
    String iteration();

    /**
     * Loads the data of the case into a system; empty if the system does not have such a model.
     *
     * @param system as in {@code --systems}
     */
    Optional<Contestant> contestant(String system, Course course) throws IOException;
}
