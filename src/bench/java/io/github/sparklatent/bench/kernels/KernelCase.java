package io.github.sparklatent.bench.kernels;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Something that several systems can compute. */
interface KernelCase {
    /** As in {@code --only}, for example product/float/128x784x512. */
    String name();

    /** Floating-point operations of a product, elements of a function. */
    long operations();

    /** The systems that can do it, ours first. */
    List<String> systems();

    /** One computation of each system, ready to run again and again; results have been compared. */
    Map<String, Runnable> ready();

    /** All cases, in the order of the tables. */
    static List<KernelCase> all() {
        return Stream.<KernelCase>concat(ProductCase.all().stream(), FunctionCase.all().stream())
                .toList();
    }

    /**
     * @throws IllegalArgumentException where there is none of that name
     */
    static KernelCase of(String name) {
        return all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "the case \"%s\" does not exist".formatted(name)));
    }
}
