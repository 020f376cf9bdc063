package io.github.sparklatent.bench.kernels;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What JMH runs: in each iteration the next system computes the case as often as it can. */
public class KernelBenchmark {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Processor time of each system before the first iteration, nanoseconds. */
    private static final long WARM = 300_000_000;

    /** The case and its systems in turn; JMH makes it in a JVM of its own. */
    @State(Scope.Thread)
    public static class Turns {
        /** Name of the case. */
        @Param("none")
        public String problem;

        private List<Runnable> ready;
        private Runnable work;
        private int iteration;

        /**
         * Draws the operands and has all systems compiled. JMH's own iterations for that are
         * seconds on the wall, of which a busy machine gives this JVM an uncertain part.
         */
        @Setup(Level.Trial)
        public void start() {
            ready = List.copyOf(KernelCase.of(problem).ready().values());
            for (Runnable one : ready) {
                long end = THREADS.getCurrentThreadCpuTime() + WARM;
                while (THREADS.getCurrentThreadCpuTime() < end) {
                    one.run();
                }
            }
        }

        /** The next system's turn. */
        @Setup(Level.Iteration)
        public void next() {
            work = ready.get(iteration++ % ready.size());
        }
    }

    /** What an iteration took, by the clock of its one thread; JMH reads the public fields. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Clock {
        /** Processor time, nanoseconds. */
        public long nanoseconds;

        /** Computations. */
        public long computations;

        private long start;

        /** The clock starts. */
        @Setup(Level.Iteration)
        public void start() {
            computations = 0;
            start = THREADS.getCurrentThreadCpuTime();
        }

        /** The clock stops. */
        @TearDown(Level.Iteration)
        public void stop() {
            nanoseconds = THREADS.getCurrentThreadCpuTime() - start;
        }
    }

    /** One computation. */
    @Benchmark
    public void compute(Turns turns, Clock clock) {
        turns.work.run();
        clock.computations++;
    }
}
