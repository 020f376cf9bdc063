package io.github.sparklatent.bench;

import java.io.IOException;
import java.util.Optional;

/** Something that several systems can train, over and over. */
public interface BenchCase {
    /** As in {@code --only}. */
    String name();

    /** For people. */
    String size();

    /**
     * The same case with a share of the rows, to try things on.
     *
     * @throws IllegalArgumentException where too few rows would be left
     */
    BenchCase shrunk(int divisor);

    /**
     * A system with the case's data loaded; none where it has no such model.
     *
     * @param system as in {@code --systems}
     */
    Optional<Contestant> contestant(String system, Course course) throws IOException;
}
