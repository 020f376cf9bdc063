package io.github.sparklatent.bench.command;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The names that {@code --only} selects. */
public final class Globs {
    @Option(names = "--only", split = "[,;]", hideParamSyntax = true, description = "Globs of names.")
    private List<String> globs = List.of();

    public boolean isGiven() {
        return !globs.isEmpty();
    }

    public boolean match(String name) {
        return globs.stream()
                .anyMatch(glob ->
                        FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(name)));
    }

    /**
     * Returns the elements whose names match, or all elements if the option is not given.
     *
     * @throws IllegalArgumentException if a glob matches none of the names
     */
    public <T> List<T> select(List<T> all, Function<T, String> name) {
        List<T> selected =
                all.stream().filter(one -> !isGiven() || match(name.apply(one))).toList();
        if (selected.isEmpty()) {
            throw new IllegalArgumentException("--only %s matches none of %s"
                    .formatted(
                            String.join(",", globs),
                            String.join(", ", all.stream().map(name).toList())));
        }
        return selected;
    }
}
