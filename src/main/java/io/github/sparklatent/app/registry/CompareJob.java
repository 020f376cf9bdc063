package io.github.sparklatent.app.registry;

import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.app.files.RunDirectory;
import io.github.sparklatent.app.files.SavedResult;
import io.github.sparklatent.app.job.JobContext;
import io.github.sparklatent.app.job.Outcome;
import io.github.sparklatent.app.job.Work;
import io.github.sparklatent.cluster.storage.State;
import io.github.sparklatent.cluster.storage.State.Verdict;
import io.github.sparklatent.cluster.storage.State.Version;
import io.github.sparklatent.config.GateSection;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.StateCodec;
import io.github.sparklatent.ml.core.SavedModel;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Compares the version of a run with the champion and records the decision. */
public final class CompareJob implements Work {
    /** Keys that choose the rows of the gate, which the version was not trained on. */
    private static final Set<String> OF_GATE = Set.of("gate.fraction", "data.id");

    private final JobContext context;
    private final JobConfiguration configuration;
    private final Registry registry;
    private final String runId;
    private final boolean failIfRejected;
    private boolean accepted;
    private boolean isChampion;

    /** Creates the job; {@code failIfRejected} says whether a rejected run ends with exit code 4. */
    public CompareJob(JobContext context, boolean failIfRejected) {
        this.context = context;
        this.configuration = context.configuration();
        this.registry = RegistryContext.registry(context);
        this.runId = RegistryContext.runId(context);
        this.failIfRejected = failIfRejected;
    }

    @Override
    public void check() {
        registry.resolve(registry.state(), Optional.of(runId));
    }

    @Override
    public Outcome run() {
        State state = registry.state();
        Optional<String> champion = state.champion();
        Version version = state.version(runId).orElseThrow();
        if (version.isPublished()) {
            isChampion = champion.equals(Optional.of(runId));
            return outcome(
                    Optional.empty(),
                    isChampion
                            ? "is the champion"
                            : "was published before and replaced; publish it with --force if you want it again");
        }
        SavedResult training = RegistryContext.training(context, registry, runId, OF_GATE::contains);
        context.versions().pin(training.origin().get("dataVersions"));
        SavedModel challenger =
                context.savedModel(registry.directory(state, runId).toString());
        GateSection gate = configuration.gate();
        Comparison comparison = Comparison.of(
                context,
                challenger,
                champion.map(run -> RegistryContext.anyModel(context, registry, run)),
                champion.flatMap(state::version).map(Version::verdict).map(Verdict::metrics));
        List<String> reasons = new ArrayList<>(belowFloors(gate, training.metrics()));
        registry.rolledBackTwin(state, runId).ifPresent(sentence -> reasons.add("run \"" + runId + "\" " + sentence));
        boolean better = comparison.isAccepted(gate);
        accepted = reasons.isEmpty() && better;
        reasons.add(comparison.sentence(gate));
        if (version.rows() != null && !version.rows().equals(comparison.fingerprint())) {
            reasons.add("these are not the rows that the table had at the training (fingerprint %s, then %s)"
                    .formatted(comparison.fingerprint(), version.rows()));
        }
        context.stop().check();
        Verdict verdict = new Verdict(
                champion.orElse(null),
                accepted,
                reasons,
                metrics(comparison, version.rows(), configuration.score().alertRate()),
                version.digests().get(RunDirectory.ALL));
        registry.compared(runId, verdict);
        return outcome(Optional.of(verdict), accepted ? "accepted" : "rejected");
    }

    @Override
    public int exitCode() {
        return failIfRejected && !accepted && !isChampion ? ExitCodes.REJECTED : ExitCodes.DONE;
    }

    /** Returns whether the run was accepted. */
    boolean isAccepted() {
        return accepted;
    }

    /** Returns a sentence for each metric of the version that is below its floor. */
    private List<String> belowFloors(GateSection gate, Map<String, Object> measured) {
        List<String> reasons = new ArrayList<>();
        if (gate.minimum().isEmpty()) {
            return reasons;
        }
        Map<String, Object> metrics = heldOut(measured);
        new TreeMap<>(gate.minimum()).forEach((name, floor) -> {
            if (!(metrics.get(name) instanceof Number found)) {
                throw new UsageException(
                        "gate.minimum names \"%s\", which version \"%s\" does not have; its metrics: %s"
                                .formatted(name, runId, String.join(", ", metrics.keySet())));
            }
            if (!(found.doubleValue() >= floor)) {
                reasons.add("%s is %s, below gate.minimum = %s".formatted(name, found, floor));
            }
        });
        return reasons;
    }

    /** Returns the metrics of the held-out rows, or of the training rows if none were held out. */
    @SuppressWarnings("unchecked") // written by the training
    private static Map<String, Object> heldOut(Map<String, Object> measured) {
        Object found = measured.getOrDefault("holdout", measured.get("train"));
        return found instanceof Map ? (Map<String, Object>) found : Map.of();
    }

    private static Map<String, Object> metrics(Comparison comparison, String trainedRows, double alertRate) {
        Map<String, Object> metrics = StateCodec.tree(comparison);
        metrics.remove("championRows"); // these are effectiveRows of the champion's own comparison
        boolean hasAlerts = !Double.isNaN(comparison.alertShare());
        metrics.put("lowShareRose", Double.isNaN(comparison.lowShare()) ? null : comparison.lowShareRose());
        metrics.put("expectedAlertShare", hasAlerts ? alertRate : null);
        metrics.put("alertRatio", comparison.alertShare() / alertRate);
        metrics.put("trainedFingerprint", trainedRows);
        metrics.values().removeIf(value -> value == null || value.equals(Double.NaN));
        return metrics;
    }

    private static double number(Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private Outcome outcome(Optional<Verdict> verdict, String sentence) {
        Lines lines = new Lines();
        lines.add("run", "%s %s", runId, sentence);
        Map<String, Object> metrics =
                Json.object("runId", runId, "decision", accepted || isChampion ? "accepted" : "rejected");
        verdict.ifPresent(found -> {
            Optional.ofNullable(found.against()).ifPresent(name -> lines.add("against", "%s", name));
            found.reasons().forEach(reason -> lines.add("because", "%s", reason));
            if (found.metrics().containsKey("alertRatio")) {
                lines.add(
                        "alerts",
                        "%.3g%% of the rows by the champion (expected %.3g%%, ratio %.3g)",
                        100 * number(found.metrics().get("alertShare")),
                        100 * number(found.metrics().get("expectedAlertShare")),
                        number(found.metrics().get("alertRatio")));
            }
            if (Boolean.TRUE.equals(found.metrics().get("lowShareRose"))) {
                lines.add(
                        "warning",
                        "%.2f%% of the rows are below the density that 1%% of the champion's rows were below: the table has changed",
                        100 * number(found.metrics().get("lowShare")));
            }
            metrics.put("champion", found.against());
            metrics.put("reasons", found.reasons());
            metrics.putAll(found.metrics());
        });
        return new Outcome(metrics, lines.toString());
    }
}
