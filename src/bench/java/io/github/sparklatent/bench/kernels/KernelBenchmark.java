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

/** The benchmark of JMH: in each iteration the next system computes the case many times. */
public class KernelBenchmark {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Processor time of each system before the first iteration, in nanoseconds. */
    private static final long WARM = 300_000_000;

    /** The case and its systems, in a JVM of their own. */
    @State(Scope.Thread)
    public static class Turns {
        /** Name of the case. */
        @Param("none")
        public String problem;

        private List<Runnable> ready;
        private Runnable work;
        private int iteration;

        /**
         * Draws the operands, and runs all systems until they are compiled. JMH's own warm-up is counted in wall-clock
         * time, of which a busy machine gives this JVM an uncertain share.
         */
        @Setup(Level.Trial)
        public void start() {
            ready = ProductCase.of(problem).ready();
            for (Runnable one : ready) {
                long end = THREADS.getCurrentThreadCpuTime() + WARM;
                while (THREADS.getCurrentThreadCpuTime() < end) {
                    one.run();
                }
            }
        }

        /** Chooses the next system. */
        @Setup(Level.Iteration)
        public void next() {
            work = ready.get(iteration++ % ready.size());
        }
    }

    /** Processor time of an iteration's thread. JMH reads the public fields. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Clock {
        /** Processor time, nanoseconds. */
        public long nanoseconds;

        /** Computations. */
        public long computations;

        private long start;

        /** Starts the clock. */
        @Setup(Level.Iteration)
        public void start() {
            computations = 0;
            start = THREADS.getCurrentThreadCpuTime();
        }

        /** Stops the clock. */
        @TearDown(Level.Iteration)
        public void stop() {
            nanoseconds = THREADS.getCurrentThreadCpuTime() - start;
        }
    }

    /** Runs one computation. */
    @Benchmark
    public void compute(Turns turns, Clock clock) {
        turns.work.run();
        clock.computations++;
    }
}
