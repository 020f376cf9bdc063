package io.github.sparklatent.bench.kernels;

import java.util.List;
import java.util.stream.Stream;

/** A kernel that several systems can compute. */
interface KernelCase {
    /** Name, as in {@code --only}, for example product/float/128x784x512. */
    String name();

    /** Name in tables. */
    String title();

    Precision precision();

    /** Floating-point operations of a product, elements of a function. */
    long operations();

    /** The systems that have this kernel, this project first. */
    List<String> systems();

    /** Returns one computation of each system, to be run many times. Results have been compared. */
    List<Runnable> ready();

    /** All cases, in the order of the tables. */
    static List<KernelCase> all() {
        return Stream.<KernelCase>concat(ProductCase.all().stream(), FunctionCase.all().stream())
                .toList();
    }

    static KernelCase of(String name) {
        return all().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }
}
