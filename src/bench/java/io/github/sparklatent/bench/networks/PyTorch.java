package io.github.sparklatent.bench.networks;

import io.github.sparklatent.bench.Contestant;
import java.io.IOException;
import java.nio.file.Path;

/** The same network in PyTorch, with one thread or two, whichever is faster. */
final class PyTorch implements Contestant {
    static final String SYSTEM = "pytorch";

    private final NetworkCase problem;
    private final Path images;
    private final int threads;

    PyTorch(NetworkCase problem, Path images) throws IOException {
        this.problem = problem;
        this.images = images;
        double one = fit(2, 1).seconds();
        double two = fit(2, 2).seconds();
        this.threads = one <= two ? 1 : 2;
    }

    @Override
    public String system() {
        return SYSTEM;
    }

    @Override
    public double tolerance() {
        return NetworkCase.NOISE;
    }

    @Override
    public Fit fit(int passes) throws IOException {
        return fit(passes, threads);
    }

    private Fit fit(int passes, int count) throws IOException {
        Curve curve = Torch.train(problem.name(), images, problem.peer(), passes, count);
        Curve.Point last = curve.last();
        return new Fit(last.seconds(), (int) last.passes(), last.elbo());
    }

    @Override
    public String remark() {
        return "with " + (threads == 1 ? "one thread" : "two threads");
    }

    @Override
    public void close() {
        // each fit is a process of its own
    }
}
