package io.github.sparklatent.bench.race;

import io.github.sparklatent.bench.training.Curve.Point;
import io.github.sparklatent.bench.training.Torch;
import java.io.IOException;
import java.nio.file.Path;

/** The same network in PyTorch, with one thread or two threads, depending on which is faster. */
final class PyTorch implements Contestant {
    private final NetworkCase problem;
    private final Path images;
    private final int threads;

    PyTorch(NetworkCase problem, Path images) throws IOException {
        this.problem = problem;
        this.images = images;
        this.threads = fit(2, 1).seconds() <= fit(2, 2).seconds() ? 1 : 2;
    }

    @Override
    public double tolerance() {
        return AveragedNetwork.NOISE;
    }

    @Override
    public Fit fit(int epochs) throws IOException {
        return fit(epochs, threads);
    }

    private Fit fit(int epochs, int count) throws IOException {
        Point last = Torch.train(problem.name(), images, problem.peer(), epochs, count)
                .last();
        return new Fit(last.seconds(), (int) last.epochs(), last.elbo());
    }

    @Override
    public String remark() {
        return "with " + (threads == 1 ? "one thread" : "two threads");
    }
}
