package io.github.sparklatent.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    s3a://AKIA:se/cr+et@bucket/out is in use       ~ s3a://AKIA:*********@bucket/out is in use
                    "ftp://me:pw@host:21/a", "ftp://you:pw@host/b" ~ "ftp://me:*********@host:21/a", "ftp://you:*********@host/b"
                    hdfs://name:8020/user@site/out                 ~ hdfs://name:8020/user@site/out
                    abfss://box@store.net/in?sv=1&sig=a%2Fb&x=2    ~ abfss://box@store.net/in?sv=1&sig=*********&x=2
                    spark.hadoop.fs.s3a.secret.key=abc             ~ spark.hadoop.fs.s3a.secret.key=*********
                    fs.s3a.access.key = abc, train.seed = 1        ~ fs.s3a.access.key = *********, train.seed = 1
                    http://user:pass@example.org/?token=abc        ~ http://user:*********@example.org/?token=*********
                    /plain/path:7/a@b, design = 3                  ~ /plain/path:7/a@b, design = 3
                    a=b=token=c, x.token = d                       ~ a=b=token=*********, x.token = *********
                    //a://b:c@d and //e:f g@h                      ~ //a:*********@d and //e:f g@h
                    //me:a@b@c                                     ~ //me:*********@b@c
                    """)
    void credentialsAreHidden(String text, String shown) {
        assertThat(Redaction.of(text)).isEqualTo(shown);
    }

    /**
     * Each of these texts has a million places where a password or a value could begin, and none that ends. A pattern
     * that reads the rest of the text from each of them does not end within hours.
     */
    @ParameterizedTest
    @ValueSource(strings = {"//a:", "//a", "token", "token.", "a=", "//"})
    void theTimeIsLinearInTheLength(String part) {
        String text = part.repeat(1_000_000);
        assertThat(Redaction.of(text)).isEqualTo(text);
    }
}
