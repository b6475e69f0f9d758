import java.net.ServerSocket;

/** Prints two ports that are free now. */
public class FreePorts {
    public static void main(String[] arguments) throws Exception {
        try (ServerSocket one = new ServerSocket(0);
                ServerSocket another = new ServerSocket(0)) {
            System.out.println(one.getLocalPort() + " " + another.getLocalPort());
        }
    }
}
