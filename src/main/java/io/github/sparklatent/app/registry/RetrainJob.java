package io.github.sparklatent.app.registry;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.app.job.JobContext;
import io.github.sparklatent.app.job.Outcome;
import io.github.sparklatent.app.job.Work;
import io.github.sparklatent.app.registry.Registry.ChampionHeldException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FSError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains a version, compares it with the champion, and publishes it if it is better. */
public final class RetrainJob implements Work {
    private static final Logger LOG = LoggerFactory.getLogger(RetrainJob.class);

    private final JobContext context;
    private final Registry registry;
    private final String runId;
    private final RunTraining training;
    private final CompareJob comparison;

    /** Creates the job; {@code failIfRejected} says whether a rejected run ends with exit code 4. */
    public RetrainJob(JobContext context, boolean failIfRejected) {
        this.context = context;
        this.registry = RegistryContext.registry(context);
        this.runId = RegistryContext.runId(context);
        this.training = new RunTraining(context);
        this.comparison = new CompareJob(context, failIfRejected);
    }

    @Override
    public void checkPaths() {
        training.checkPaths();
    }

    @Override
    public void check() {
        training.check();
        training.requireComparable();
    }

    @Override
    public Outcome run() {
        Outcome trained = training.run();
        Outcome compared = comparison.run();
        context.stop().check();
        Optional<String> before = registry.state().champion();
        Optional<String> held = comparison.isAccepted() ? publish() : Optional.empty();
        String champion = comparison.isAccepted() && held.isEmpty() ? runId : before.orElse("none");
        Set<String> pruned = prune();
        Map<String, Object> metrics = Json.object("training", trained.metrics());
        metrics.putAll(compared.metrics());
        held.ifPresent(sentence -> metrics.put("decision", "held"));
        metrics.put("champion", champion);
        metrics.put("pruned", pruned);
        Lines lines = new Lines();
        held.ifPresent(sentence -> lines.add("held", "%s", sentence));
        lines.add("champion", "%s", champion);
        if (!pruned.isEmpty()) {
            lines.add("pruned", "%s", String.join(", ", pruned));
        }
        return new Outcome(metrics, trained.text() + compared.text() + lines);
    }

    /** Removes old versions. A failure is only logged, because the decision is made. */
    private Set<String> prune() {
        try {
            return registry.prune(context.configuration().registry().keep());
        } catch (RuntimeException | FSError e) {
            LOG.warn("nothing was pruned: {}", ExitCodes.firstLine(e.getMessage()));
            return Set.of();
        }
    }

    /** Publishes the version. Returns why it was not, if the champion is held. */
    private Optional<String> publish() {
        try {
            registry.publish(runId, false, Optional.empty());
            return Optional.empty();
        } catch (ChampionHeldException e) {
            return Optional.of(e.getMessage());
        }
    }

    @Override
    public void refused(DataException reason) {
        training.refused(reason);
    }

    @Override
    public int exitCode() {
        return comparison.exitCode();
    }
}
