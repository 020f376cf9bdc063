package io.github.sparklatent.app.registry;

import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.app.files.SavedResult;
import io.github.sparklatent.app.job.JobContext;
import io.github.sparklatent.app.job.Outcome;
import io.github.sparklatent.app.job.TrainJob;
import io.github.sparklatent.app.job.Work;
import io.github.sparklatent.cluster.storage.State;
import io.github.sparklatent.cluster.table.Gate;
import io.github.sparklatent.cluster.table.TableSample;
import io.github.sparklatent.columns.TableProfile;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.core.TrainingTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains the version of a run. A run whose version exists is not trained again, so the command can be repeated. The
 * table is compared with the champion's before the training; the training starts from the champion if it can.
 */
public final class RunTraining implements Work {
    private static final Logger LOG = LoggerFactory.getLogger(RunTraining.class);

    /** Rejected runs in a row after which the next one starts from the beginning. */
    private static final int COLD_AFTER = 3;

    /** Keys that a repeated command may change. */
    private static final Set<String> FREE = Set.of("train.initialModel", "train.checkpoint.every");

    private final JobContext context;
    private final JobConfiguration configuration;
    private final Registry registry;
    private final String runId;
    private Optional<String> champion = Optional.empty();
    private Optional<SavedResult> existing = Optional.empty();
    private boolean warm;
    private TrainJob training;
    private String rows;

    /** Creates the job without starting it. */
    public RunTraining(JobContext context) {
        this.context = context;
        this.configuration = context.configuration();
        this.registry = RegistryContext.registry(context);
        this.runId = RegistryContext.runId(context);
    }

    @Override
    public void checkPaths() {
        registry.state();
        new TrainJob(context).checkPaths();
    }

    @Override
    public void check() {
        State state = registry.state();
        if (state.version(runId).isPresent()) {
            // A run id stands for one configuration, so that a repeated command cannot surprise.
            existing = Optional.of(RegistryContext.training(context, registry, runId, key -> !FREE.contains(key)));
            return;
        }
        champion = state.champion();
        training = warmStart(state).orElseGet(this::coldStart);
    }

    private Optional<TrainJob> warmStart(State state) {
        if (champion.isEmpty() || !configuration.registry().warmStart()) {
            return Optional.empty();
        }
        int rejected = state.rejected();
        if (rejected >= COLD_AFTER) {
            LOG.info("{} runs in a row were rejected, so this one starts from the beginning", rejected);
            return Optional.empty();
        }
        Optional<JobConfiguration> from = configuration.withInitialModel(
                registry.directory(state, champion.get()).toString());
        if (from.isEmpty()) {
            return Optional.empty();
        }
        TrainJob job = new TrainJob(context.with(from.get()), Optional.empty(), Optional.of(this::checkTable));
        try {
            job.check();
            warm = true;
            return Optional.of(job);
        } catch (UsageException | DataException e) {
            if (ExitCodes.mayPass(e)) {
                throw e;
            }
            fromTheBeginning(e);
            return Optional.empty();
        }
    }

    private TrainJob coldStart() {
        TrainJob job = new TrainJob(
                context,
                champion.map(run -> registry.directory(registry.state(), run).toString()),
                Optional.of(this::checkTable));
        job.check();
        return job;
    }

    @Override
    public Outcome run() {
        return existing.map(TrainJob::repeated).orElseGet(this::committed);
    }

    private Outcome committed() {
        Outcome outcome = trained();
        try {
            context.output()
                    .commit(
                            Versions.digests(
                                    registry.place().store(), context.output().directory()),
                            rows,
                            warm ? Map.of("initialModel", champion.orElseThrow()) : Map.of());
            training.committed();
        } catch (IOException e) {
            throw new UncheckedIOException("the version cannot be read: " + ExitCodes.firstLine(e.getMessage()), e);
        }
        return outcome;
    }

    /**
     * Trains. The width of a vector column is known only when its rows have been read, so a champion of another
     * architecture is found here.
     */
    private Outcome trained() {
        try {
            return training.run();
        } catch (UsageException e) {
            if (!warm || ExitCodes.mayPass(e)) {
                throw e;
            }
            fromTheBeginning(e);
            training = coldStart();
            return trained();
        }
    }

    private void fromTheBeginning(RuntimeException reason) {
        warm = false;
        LOG.info("the run starts from the beginning, because the champion does not fit: {}", reason.getMessage());
    }

    /**
     * Requires that the version will be comparable with the champion. Called after {@link #check}.
     *
     * @throws UsageException if it will not
     */
    void requireComparable() {
        if (existing.isEmpty() && champion.isPresent()) {
            CommonScore.require(
                    configuration.type(),
                    training.tables().columns(),
                    training.tables().options().scale(),
                    RegistryContext.anyModel(context, registry, champion.get()));
        }
    }

    /** Requires, before the training, that the gate leaves rows and has enough of them. */
    private void requireRows(TableSample sample, long keys) {
        double fraction = configuration.gate().fraction();
        if (keys > 0 && sample.rows() == 0) {
            throw new DataException("gate.fraction = %s leaves no rows to train on".formatted(fraction));
        }
        if (sample.rows() > 0 && keys < Gate.MIN_KEYS) {
            throw new DataException(
                    "gate.fraction = %s selects rows of %d different keys (%s) to compare versions on, expected at least %d; set a larger fraction, or data.id to a column with more values"
                            .formatted(
                                    fraction,
                                    keys,
                                    configuration
                                            .data()
                                            .id()
                                            .map(id -> "data.id = " + id)
                                            .orElse("the content of a row"),
                                    Gate.MIN_KEYS));
        }
    }

    @Override
    public void refused(DataException reason) {
        registry.refused(runId, reason.getMessage());
    }

    /**
     * Compares the table with the champion's.
     *
     * @throws DataException if it does not look like a table of the same source
     */
    private void checkTable(TableSample sample, long keys, String fingerprint) {
        rows = fingerprint;
        if (sample.rows() == 0) {
            requireRows(sample, keys);
        }
        // A table that has lost most of its rows is refused for that, and not for too few keys.
        champion.flatMap(run -> RegistryContext.anyModel(context, registry, run).profile())
                .ifPresent(before -> requireAlike(before, sample));
        requireRows(sample, keys);
    }

    private void requireAlike(TableProfile before, TableSample sample) {
        TrainingTables tables = training.tables();
        TableChecks checks =
                TableChecks.of(before, sample, Set.of(tables.table().columns()));
        checks.warnings().forEach(LOG::warn);
        if (!configuration.gate().checks()) {
            checks.refusals().forEach(LOG::warn);
        } else if (!checks.refusals().isEmpty()) {
            throw new DataException("%s (if this is intended, set gate.checks = false for this run)"
                    .formatted(String.join("; ", checks.refusals())));
        }
    }
}
