package io.github.sparklatent.config;

import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import java.util.Optional;

/** The settings of the registry of model versions. */
public record RegistrySection(
        @Setting(
                key = "registry.path",
                meaning = "directory of model versions; evaluate, score, sample, inspect take" + " its champion",
                absent = "there is no registry",
                noun = "a path")
        Optional<String> path,

        @Setting(
                key = "registry.runId",
                meaning = "name of the run and of its version; --run-id sets it",
                absent = "train writes output.path",
                noun = "up to 100 letters, digits, - and _, and . after the first",
                pattern = "[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}")
        Optional<String> runId,

        @Setting(
                key = "registry.keep",
                meaning = "newest versions that prune keeps, in addition to the champion and" + " the one before it",
                range = ">= 1")
        int keep,

        @Setting(
                key = "registry.warmStart",
                meaning = "whether a run starts from the champion, where the model type can")
        boolean warmStart) {
    /** The default settings. */
    public static final RegistrySection DEFAULT = new RegistrySection(Optional.empty(), Optional.empty(), 10, true);

    public RegistrySection {
        Rules.of(RegistrySection.class).range("keep", keep).check();
    }

    /** Returns whether a training writes a version of the registry. */
    public boolean isRun() {
        return path.isPresent() && runId.isPresent();
    }

    /**
     * Checks the name of a run and returns it.
     *
     * @throws IllegalArgumentException if it is not a name that {@code registry.runId} may have
     */
    @SuppressWarnings("unchecked") // the names are texts
    public static String requireRunId(String runId) {
        return ((Key<String>) CommonSections.key("registry.runId")).require(runId);
    }
}
