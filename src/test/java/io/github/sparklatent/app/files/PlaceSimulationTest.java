package io.github.sparklatent.app.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.app.files.SimulatedStore.Step;
import io.github.sparklatent.app.registry.Registry;
import io.github.sparklatent.cluster.storage.Event;
import io.github.sparklatent.cluster.storage.Log;
import io.github.sparklatent.cluster.storage.State;
import io.github.sparklatent.cluster.storage.State.Verdict;
import io.github.sparklatent.cluster.storage.Store;
import io.github.sparklatent.config.OutputSection.OutputMode;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

/**
 * Processes on one registry, with the classes that the program uses, on a simulated store. All orders of their steps
 * are tried, and kills between any two steps.
 */
class PlaceSimulationTest {
    private static final String PLACE = "/registry";
    private static final String DONE = "/done"; // has a file for each run that was reported as done
    private static final int ALWAYS = -1;
    private static final Instant BEGINNING = Instant.parse("2026-01-31T02:00:00Z");

    /** The code of a process. */
    private interface Code {
        void run(Store store, Supplier<String> names) throws IOException;
    }

    /**
     * A process.
     *
     * @param answers those of its steps so far
     * @param history a digest of name and answers: processes with the same one go on in the same way
     */
    private record Process(String name, Code code, List<Object> answers, long history) {
        Process(String name, Code code) {
            this(name, code, List.of(), name.hashCode());
        }

        Process with(Object answer) {
            int hash = answer instanceof Optional<?> found && found.isPresent()
                    ? Arrays.hashCode((byte[]) found.get())
                    : answer instanceof IOException fault ? fault.getMessage().hashCode() : answer.hashCode();
            return new Process(name, code, SimulatedStore.and(answers, answer), mixed(history, hash));
        }
    }

    /** Next steps by history, since many moments have a process that has done the same. */
    private final Map<Long, Optional<Step>> known = new HashMap<>();

    private int count;

    private final Map<byte[], State> states = new IdentityHashMap<>();

    /**
     * A moment of a simulation.
     *
     * @param next the next step of each process; null: it has ended
     * @param kills how many processes may still be killed
     * @param last the process that has gone last
     * @param switches how often another process may still go on although the last one has not ended; negative: always
     */
    private record Moment(
            SortedMap<String, byte[]> files,
            List<Process> processes,
            List<Step> next,
            int kills,
            int last,
            int switches) {
        /** Returns a number that is the same for moments that continue in the same ways. */
        long key() {
            long key = mixed(kills, switches);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                key = mixed(mixed(key, file.getKey().hashCode()), Arrays.hashCode(file.getValue()));
            }
            for (int p = 0; p < processes.size(); p++) {
                key = mixed(key, next.get(p) == null ? 0 : processes.get(p).history());
            }
            return switches < 0 ? key : mixed(key, last);
        }
    }

    private static long mixed(long hash, long value) {
        long mixed = (hash ^ value) * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 29;
    }

    private static Place place(Store store, Supplier<String> names, Duration later) {
        return new Place(store, PLACE, "registry.path", Clock.fixed(BEGINNING.plus(later), ZoneOffset.UTC), names);
    }

    private static Supplier<String> names(String process) {
        int[] count = {0};
        return () -> process + count[0]++;
    }

    /** Trains, compares, publishes and collects, as the command retrain does. */
    private static Code retrain(String run, Duration later) {
        return retrain(run, later, true);
    }

    private static Code retrain(String run, Duration later, boolean hasFloor) {
        return (store, names) -> {
            Place place = place(store, names, later);
            Registry registry = new Registry(place);
            RunDirectory output = new RunDirectory(place, Optional.of(run), OutputMode.ERROR);
            output.begin();
            if (registry.state().version(run).isEmpty()) {
                output.write(true, directory -> output.text(new Path(directory, "model"), "parameters of " + run));
                if (hasFloor) {
                    output.commit(Map.of("model", run), null, Map.of());
                } else {
                    commitAtAnyTime(place, run, output.name());
                }
            }
            State state = registry.state();
            State.Version version = state.version(run).orElseThrow(() -> new UsageException("it was pruned"));
            if (!version.isPublished()) {
                registry.compared(
                        run,
                        new Verdict(
                                state.champion().orElse(null),
                                true,
                                List.of(),
                                Map.of(),
                                version.digests().get(RunDirectory.ALL)));
                registry.publish(run, false, Optional.empty());
            }
            store.put(new Path(DONE, run), new byte[0]);
            registry.prune(1);
        };
    }

    /** Makes a directory a version although it may be so old that a collector deletes it. */
    private static void commitAtAnyTime(Place place, String run, String directory) throws IOException {
        byte[] success = place.store()
                .get(new Path(place.directory(directory), "_SUCCESS"))
                .orElseThrow(IOException::new);
        Map<String, String> digests = Map.of("model", run, RunDirectory.ALL, DigestUtils.sha256Hex(success));
        State.Version version = new State.Version(directory, digests, null, null, false);
        place.log()
                .append(state -> Optional.of(place.after(state, Event.Kind.TRAIN, run, true, List.of(), Map.of())
                        .trained(run, version)));
    }

    /** Writes the result of an output and collects, as the command train does. */
    private static Code train(Duration later) {
        return (store, names) -> {
            RunDirectory output = new RunDirectory(place(store, names, later), Optional.empty(), OutputMode.OVERWRITE);
            output.begin();
            output.write(true, directory -> output.text(new Path(directory, "model"), "parameters"));
            store.put(new Path(DONE, output.name()), new byte[0]);
            output.place().collect();
        };
    }

    private static Code collector(Duration later) {
        return (store, names) -> new Registry(place(store, names, later)).prune(1);
    }

    /** Reads the oldest champion's files, as a job does that scores, unless it sleeps until these have left the log. */
    private static Code reader() {
        return (store, names) -> {
            Log log = new Log(store, new Path(PLACE));
            State state = log.newest();
            String read = state.champions().get(state.champions().size() - 1);
            Path directory = new Path(
                    PLACE + "/runs/" + state.version(read).orElseThrow().directory());
            boolean isWhole = store.get(new Path(directory, "_SUCCESS")).isPresent()
                    && store.get(new Path(directory, "model")).isPresent();
            require(isWhole || log.newest().version(read).isEmpty(), "a reader finds no model");
        };
    }

    private static void require(boolean isTrue, String sentence) {
        if (!isTrue) {
            throw new AssertionError(sentence);
        }
    }

    /** Returns the moment after a process has gone on to its next step, or to its end. */
    private Step next(Process process) {
        return known.computeIfAbsent(process.history(), history -> {
                    try {
                        process.code().run(new SimulatedStore(process.answers()), names(process.name()));
                        return Optional.empty();
                    } catch (Step step) {
                        return Optional.of(step);
                    } catch (UncheckedIOException
                            | IOException
                            | UsageException
                            | DataException e) { // the command ends with an error
                        require(!e.getMessage().contains("restore it"), e.getMessage());
                        return Optional.empty();
                    }
                })
                .orElse(null);
    }

    private Moment after(Moment moment, int p, Object answer, SortedMap<String, byte[]> files) {
        List<Process> processes = new ArrayList<>(moment.processes());
        List<Step> steps = new ArrayList<>(moment.next());
        processes.set(p, processes.get(p).with(answer));
        steps.set(p, next(processes.get(p)));
        boolean isSwitch = p != moment.last() && moment.next().get(moment.last()) != null && moment.switches() > 0;
        return new Moment(files, processes, steps, moment.kills(), p, moment.switches() - (isSwitch ? 1 : 0));
    }

    private Moment step(Moment moment, int p) {
        Step step = moment.next().get(p);
        SortedMap<String, byte[]> files = step.reads() ? moment.files() : SimulatedStore.copy(moment.files());
        Object answer = step.on(files);
        if (!step.reads()) {
            requireWhole(files);
        }
        return after(moment, p, answer, files);
    }

    private static Moment killed(Moment moment, int p) {
        List<Step> steps = new ArrayList<>(moment.next());
        steps.set(p, null);
        return new Moment(
                moment.files(), moment.processes(), steps, moment.kills() - 1, moment.last(), moment.switches());
    }

    private Moment beginning(SortedMap<String, byte[]> files, int kills, int switches, Code... codes) {
        List<Process> processes = Arrays.stream(codes)
                .map(code -> new Process("p" + count++, code))
                .toList();
        List<Step> steps = new ArrayList<>();
        processes.forEach(process -> steps.add(next(process)));
        return new Moment(files, processes, steps, kills, 0, switches);
    }

    /** Returns the files after processes that run one after the other. */
    private SortedMap<String, byte[]> files(Code... codes) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (int c = 0; c < codes.length; c++) {
            Process process = new Process("p" + count++, codes[c]);
            for (Step step = next(process); step != null; step = next(process)) {
                process = process.with(step.on(files));
            }
        }
        return files;
    }

    /** Requires that the state and what it names are whole. */
    private void requireWhole(SortedMap<String, byte[]> files) {
        State state = newest(files);
        require(state.champion().isPresent(), "there is no champion");
        for (State.Version version : state.versions().values()) {
            String directory = PLACE + "/runs/" + version.directory() + "/";
            require(files.containsKey(directory + "_SUCCESS"), "no _SUCCESS in " + directory);
            require(files.containsKey(directory + "model"), "no model in " + directory);
        }
        Set<String> known = new HashSet<>(state.versions().keySet());
        for (String entry : files.subMap(PLACE + "/log/", PLACE + "/log0").keySet()) {
            Event event = state(files, entry).event();
            known.addAll(state.isRegistry() ? Place.runs(event) : Set.of(event.runId()));
        }
        for (String done : files.subMap(DONE + "/", DONE + "0").keySet()) {
            require(known.contains(done.substring(DONE.length() + 1)), "a run that was done is lost: " + done);
        }
    }

    private State newest(SortedMap<String, byte[]> files) {
        return state(files, files.headMap(PLACE + "/log0").lastKey());
    }

    private State state(SortedMap<String, byte[]> files, String entry) {
        return states.computeIfAbsent(files.get(entry), content -> {
            long number = Long.parseLong(entry.replaceAll(".*/|\\.json", ""));
            List<Object> answers = new ArrayList<>();
            while (true) {
                try {
                    return new Log(new SimulatedStore(answers), new Path(PLACE)).at(number);
                } catch (Step step) {
                    answers.add(step.on(files));
                }
            }
        });
    }

    /** Returns the number of moments that follow from one. */
    private int reached(Moment first) {
        Set<Long> seen = new HashSet<>();
        Deque<Moment> open = new ArrayDeque<>(List.of(first));
        while (!open.isEmpty()) {
            Moment moment = open.pop();
            if (!seen.add(moment.key())) {
                continue;
            }
            boolean mayStay = moment.next().get(moment.last()) != null;
            for (int p = 0; p < moment.processes().size(); p++) {
                if (moment.next().get(p) == null) {
                    continue;
                }
                if (p == moment.last() || !mayStay || moment.switches() != 0) {
                    open.push(step(moment, p));
                }
                if (moment.kills() > 0) {
                    open.push(killed(moment, p));
                }
            }
        }
        return seen.size();
    }

    /** Two nights and a collector, to which both are old: all orders in which a process is interrupted twice. */
    @Test
    void noOrderOfStepsLosesAResult() {
        SortedMap<String, byte[]> files = files(retrain("night-1", Duration.ZERO), retrain("night-2", Duration.ZERO));
        assertThat(reached(beginning(
                        files,
                        0,
                        2,
                        retrain("night-3", Duration.ofDays(1)),
                        retrain("night-4", Duration.ofDays(9)),
                        collector(Duration.ofDays(30)))))
                .isGreaterThan(10_000);
    }

    /** Without the rule that a run which began before the floor is over, its directory may be gone. */
    @Test
    void aRunMustNotCommitAfterItsDirectoryMayBeDeleted() {
        SortedMap<String, byte[]> files = files(retrain("night-1", Duration.ZERO), retrain("night-2", Duration.ZERO));
        Moment first = beginning(
                files,
                0,
                2,
                retrain("night-3", Duration.ofDays(1), false),
                retrain("night-4", Duration.ofDays(9)),
                collector(Duration.ofDays(30)));
        assertThatThrownBy(() -> reached(first)).hasMessageContaining("no _SUCCESS in " + PLACE + "/runs/night-3");
    }

    /**
     * A collector deletes what a reader reads: all orders in which a process is interrupted three times, and one kill.
     */
    @Test
    void noOrderOfStepsShowsAPart() {
        SortedMap<String, byte[]> files = files(
                retrain("night-0", Duration.ZERO),
                retrain("night-1", Duration.ZERO),
                retrain("night-2", Duration.ZERO));
        assertThat(reached(beginning(
                        files, 1, 3, retrain("night-3", Duration.ofDays(1)), collector(Duration.ofDays(30)), reader())))
                .isGreaterThan(10_000);
    }

    /** All orders of two trainings to one output and of a reader, with two kills. */
    @Test
    void noOrderOfStepsLosesTheResultOfAnOutput() {
        SortedMap<String, byte[]> files = files(train(Duration.ZERO), train(Duration.ZERO));
        assertThat(reached(
                        beginning(files, 2, ALWAYS, train(Duration.ofDays(1)), train(Duration.ofDays(30)), reader())))
                .isGreaterThan(10_000);
    }

    /** Two attempts at one run more: all orders in which a process is interrupted twice, and one is killed. */
    @Test
    void twoAttemptsAtOneRunLoseNothing() {
        SortedMap<String, byte[]> files = files(retrain("night-1", Duration.ZERO), retrain("night-2", Duration.ZERO));
        assertThat(reached(beginning(
                        files,
                        1,
                        2,
                        retrain("night-3", Duration.ofDays(1)),
                        retrain("night-3", Duration.ofDays(9)),
                        collector(Duration.ofDays(30)))))
                .isGreaterThan(10_000);
    }

    /**
     * Far more orders, of more processes, than can be tried one by one. Some steps fail, some of them after a part of a
     * directory is deleted, and some answers are lost. The property {@code walks} is their number.
     */
    @Test
    void noRandomOrderLosesAResult() {
        SortedMap<String, byte[]> files = files(retrain("night-1", Duration.ZERO), retrain("night-2", Duration.ZERO));
        Random random = new Random(1);
        Moment first = beginning(
                files,
                2,
                ALWAYS,
                retrain("night-3", Duration.ofDays(1)),
                retrain("night-3", Duration.ofDays(2)),
                retrain("night-4", Duration.ofDays(9)),
                collector(Duration.ofDays(30)),
                collector(Duration.ofDays(39)),
                (store, names) -> new Registry(place(store, names, Duration.ofDays(9)))
                        .rollback(Optional.empty(), Optional.empty(), Optional.empty()),
                reader());
        for (int walk = 0; walk < Integer.getInteger("walks", 200); walk++) {
            Moment moment = first;
            double[] speeds = random.doubles(moment.processes().size(), -6, 0)
                    .map(Math::exp)
                    .toArray();
            while (moment.next().stream().anyMatch(step -> step != null)) {
                int p = random.nextInt(speeds.length);
                if (moment.next().get(p) == null || random.nextDouble() > speeds[p]) { // it sleeps
                    continue;
                }
                int chance = random.nextInt(100);
                if (chance == 0 && moment.kills() > 0) {
                    moment = killed(moment, p);
                } else if (chance == 1) {
                    SortedMap<String, byte[]> changed = SimulatedStore.copy(moment.files());
                    moment.next().get(p).failOn(changed, random);
                    requireWhole(changed);
                    moment = after(moment, p, new IOException("fault"), changed);
                } else if (chance == 2) {
                    SortedMap<String, byte[]> changed = SimulatedStore.copy(moment.files());
                    moment.next().get(p).on(changed);
                    requireWhole(changed);
                    moment = after(moment, p, new IOException("lost answer"), changed);
                } else {
                    moment = step(moment, p);
                }
            }
        }
    }
}
