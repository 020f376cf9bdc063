import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.minikdc.MiniKdc;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/**
 * HDFS and YARN on this machine, where every client must have a ticket of Kerberos: {@code SecureCluster FOLDER PORT}.
 * The folder gets {@code krb5.conf}, {@code latent.keytab} of the user {@code latent}, who owns the directories
 * {@code /warehouse} and {@code /user/latent}, and {@code site} with the XML files of the clients. {@code site} must be on
 * the class path, because the localizers of YARN have no other settings. The port opens when all is ready.
 */
public final class SecureCluster {
    private static final String REALM = "@EXAMPLE.COM";
    private static final String SERVER = "hadoop/localhost";
    private static final String USER = "latent";

    private SecureCluster() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        MiniKdc kdc = new MiniKdc(MiniKdc.createConf(), Files.createDirectories(folder.resolve("kdc")).toFile());
        kdc.start();
        Files.copy(kdc.getKrb5conf().toPath(), folder.resolve("krb5.conf"), StandardCopyOption.REPLACE_EXISTING);
        File keytab = folder.resolve("server.keytab").toFile();
        kdc.createPrincipal(keytab, SERVER, "HTTP/localhost");
        kdc.createPrincipal(folder.resolve("latent.keytab").toFile(), USER);

        Configuration client = client();
        Path site = folder.resolve("site");
        write(client, site);
        YarnConfiguration server = new YarnConfiguration();
        configure(server, folder, keytab);
        UserGroupInformation.setConfiguration(server);
        UserGroupInformation.loginUserFromKeytab(SERVER + REALM, keytab.toString());

        MiniDFSCluster hdfs = new MiniDFSCluster.Builder(server).numDataNodes(2).build();
        hdfs.waitActive();
        FileSystem files = hdfs.getFileSystem();
        for (String name : new String[] {"/warehouse", "/user/" + USER}) {
            org.apache.hadoop.fs.Path directory = new org.apache.hadoop.fs.Path(name);
            files.mkdirs(directory);
            files.setOwner(directory, USER, USER);
        }
        server.set("fs.defaultFS", hdfs.getURI().toString());
        MiniYARNCluster yarn = new MiniYARNCluster("drill-yarn", 1, 1, 1);
        yarn.init(server);
        yarn.start();

        for (String name : new String[] {"fs.defaultFS", YarnConfiguration.RM_ADDRESS, YarnConfiguration.RM_SCHEDULER_ADDRESS}) {
            client.set(name, yarn.getConfig().get(name));
        }
        write(client, site);
        new ServerSocket(Integer.parseInt(arguments[1]), 1, InetAddress.getLoopbackAddress());
    }

    private static void write(Configuration site, Path directory) throws IOException {
        for (String name : new String[] {"core", "hdfs", "yarn"}) { // the defaults of each are read after the sites before
            try (OutputStream out = Files.newOutputStream(directory.resolve(name + "-site.xml"))) {
                site.writeXml(out);
            }
        }
    }

    /** Returns what clients and servers both need. */
    private static Configuration client() {
        Configuration site = new Configuration(false);
        site.set("hadoop.security.authentication", "kerberos");
        site.set("hadoop.security.authorization", "true");
        site.set("hadoop.rpc.protection", "privacy");
        site.set("dfs.data.transfer.protection", "privacy");
        site.set("dfs.namenode.kerberos.principal", SERVER + REALM);
        site.set(YarnConfiguration.RM_PRINCIPAL, SERVER + REALM);
        return site;
    }

    private static void configure(Configuration server, Path folder, File keytab) {
        server.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
        server.set("dfs.namenode.keytab.file", keytab.toString());
        server.set("dfs.datanode.kerberos.principal", SERVER + REALM);
        server.set("dfs.datanode.keytab.file", keytab.toString());
        server.set("dfs.web.authentication.kerberos.principal", "HTTP/localhost" + REALM);
        server.set("dfs.web.authentication.kerberos.keytab", keytab.toString());
        server.set("dfs.block.access.token.enable", "true");
        server.set("ignore.secure.ports.for.testing", "true"); // else the web pages need certificates
        server.set(YarnConfiguration.NM_PRINCIPAL, SERVER + REALM);
        // The default scheduler needs a file of queues.
        server.set(YarnConfiguration.RM_SCHEDULER, "org.apache.hadoop.yarn.server.resourcemanager.scheduler.fifo.FifoScheduler");
        server.set(YarnConfiguration.YARN_MINICLUSTER_NM_PMEM_MB, "8192");
        server.set(YarnConfiguration.RM_SCHEDULER_MINIMUM_ALLOCATION_MB, "256");
        server.set(YarnConfiguration.NM_VMEM_CHECK_ENABLED, "false");
        server.set(YarnConfiguration.NM_MAX_PER_DISK_UTILIZATION_PERCENTAGE, "100");
    }
}
