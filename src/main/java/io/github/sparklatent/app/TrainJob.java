package io.github.sparklatent.app;

/** Reads a table, trains a model on it, measures it and leaves it with its figures and report. */
final class TrainJob implements Work {
    /** Most rows shown in the report, and least; numbers of all of them. */
    private static final int MOST_SHOWN = 2000;

    private static final int LEAST_SHOWN = 50;
    private static final int NUMBERS_SHOWN = 1 << 20;

    private final JobContext context;
    private final Phases phases = new Phases();
    private ModelTraining training;

    TrainJob(JobContext context) {
        this.context = context;
    }

    @Override
    public void check() {
        context.output().requireUsable();
        Checkpoints.requireUsable(context.hadoop(), context.configuration().train().checkpoint());
        TrainTables tables = phases.time("read", () -> TrainTables.find(context));
        training = ModelTraining.of(context, tables, phases);
        training.check();
    }

    @Override
    public Outcome run() {
        Checkpoints.earlier(context.hadoop(), context.configuration().train().checkpoint())
                .ifPresent(context.stop()::leaves);
        return training.run();
    }

    /** Rows shown in the report: fewer where they are wide. */
    static int shown(int width) {
        return Math.max(LEAST_SHOWN, Math.min(MOST_SHOWN, NUMBERS_SHOWN / width));
    }
}
