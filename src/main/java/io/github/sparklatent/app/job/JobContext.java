package io.github.sparklatent.app.job;

import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.console.Console;
import io.github.sparklatent.app.console.Session;
import io.github.sparklatent.app.console.Stop;
import io.github.sparklatent.app.files.Place;
import io.github.sparklatent.app.files.RunDirectory;
import io.github.sparklatent.app.files.TableReader;
import io.github.sparklatent.app.files.TableVersions;
import io.github.sparklatent.app.files.TableWriter;
import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.config.DataSection;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.core.DeclaredParams;
import io.github.sparklatent.ml.core.Roles;
import io.github.sparklatent.ml.core.SavedModel;
import io.github.sparklatent.ml.core.SavedModels;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * The environment of a job.
 *
 * @param session the Spark session, which starts when it is used
 * @param stop the request to end early
 * @param result the result directory; empty if the job writes nothing, or a table of the catalog
 * @param preview whether the job is only checked, so that a part of a large table is enough
 * @param versions versions of the tables that the job has read
 */
public record JobContext(
        Job job,
        JobConfiguration configuration,
        Session session,
        Console console,
        Stop stop,
        Optional<RunDirectory> result,
        boolean preview,
        TableVersions versions) {
    /** Creates the environment with the result directory that the configuration names. */
    public JobContext(Job job, JobConfiguration configuration, Session session, Console console, Stop stop) {
        this(
                job,
                configuration,
                session,
                console,
                stop,
                job.writes() && job.table(configuration.output()).isEmpty()
                        ? Optional.of(run(job, configuration, session.hadoop()))
                        : Optional.empty(),
                false,
                new TableVersions());
    }

    private static RunDirectory run(Job job, JobConfiguration configuration, Configuration hadoop) {
        if (job.writesRows()) {
            return RunDirectory.ofRows(
                    hadoop, configuration.resultPath(job), job.toString(), job.mode(configuration.output()));
        }
        boolean isVersion = job == Job.TRAIN && configuration.registry().isRun();
        Place place = new Place(hadoop, configuration.resultPath(job), isVersion ? "registry.path" : "output.path");
        return new RunDirectory(
                place,
                isVersion ? configuration.registry().runId() : Optional.empty(),
                job.mode(configuration.output()));
    }

    /** Returns Spark's configuration of file systems. */
    public Configuration hadoop() {
        return session.hadoop();
    }

    /** Returns the Spark session, which starts if this is its first use. */
    public SparkSession spark() {
        return session.spark();
    }

    /** Returns the roles of the columns of the job's table. */
    public Roles roles() {
        return Roles.of(configuration.settings());
    }

    /** Returns the rows that trainings and their gates use. */
    public Condition trainedRows() {
        return new Condition("train.where", configuration.train().where());
    }

    /** Runs a step that reads the table of the section data; its errors name that table. */
    public <T> T inData(Supplier<T> step) {
        return SchemaColumns.naming(configuration.data().name(), step);
    }

    /** Returns a reader for the tables of a data section. */
    public TableReader reader(DataSection data) {
        return new TableReader(spark(), data, versions, preview);
    }

    /** Returns the writer of the job's rows, in the preset format if the configuration has none. */
    TableWriter rowWriter(DataFormat preset) {
        return TableWriter.of(this::spark, hadoop(), result, job, preset, configuration, versions);
    }

    /** Returns the result directory of the job. */
    public RunDirectory output() {
        return result.orElseThrow();
    }

    /** Returns the path of the result directory, or the name of the table that the job writes. */
    String destination() {
        return result.map(output -> output.place().given())
                .or(() -> job.table(configuration.output()))
                .orElse("");
    }

    /**
     * Returns the saved model that the job reads, with the settings of the section {@code score}.
     *
     * @throws io.github.sparklatent.learn.DataException if it does not exist or is damaged
     * @throws UsageException if its type is not the type in the configuration
     */
    SavedModel savedModel() {
        return savedModel(configuration.savedModel());
    }

    /** Returns the saved model at a path; see {@link #savedModel()}. */
    public SavedModel savedModel(String path) {
        ModelType asked = configuration.type();
        SavedModel saved = SavedModels.any(spark(), path, asked);
        if (!saved.type().equals(asked)) {
            throw new UsageException("model.type is %s, but the model at \"%s\" is of type %s: set model.type = %s"
                    .formatted(asked, saved.path(), saved.type(), saved.type()));
        }
        DeclaredParams.configureScoring(saved.model(), configuration.settings());
        return saved;
    }

    /** Returns the same environment with another configuration of the same result directory. */
    public JobContext with(JobConfiguration other) {
        return new JobContext(job, other, session, console, stop, result, preview, versions);
    }

    /** Returns the same environment for a job that is only checked. */
    public JobContext previewing() {
        return new JobContext(job, configuration, session, console, stop, result, true, versions);
    }
}
