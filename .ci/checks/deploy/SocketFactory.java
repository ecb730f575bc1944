package com.google.cloud.sql.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Properties;

/**
 * Stands in for the socket factory of Cloud SQL: connects to the database of the runbook's check,
 * which the property runbook.database names by its port. Refuses another instance, a connection
 * without IAM, and a user other than the identity of the process.
 */
public final class SocketFactory extends javax.net.SocketFactory {
  public SocketFactory(Properties properties) {
    String user = properties.getProperty("user");
    if (!"my-project:us-central1:attune-ledger".equals(properties.getProperty("cloudSqlInstance"))
        || !"true".equals(properties.getProperty("enableIamAuth"))
        || !System.getenv().getOrDefault("RUNBOOK_IDENTITY", "nobody").equals(user)) {
      throw new IllegalArgumentException("Cloud SQL (stand-in) refuses " + user);
    }
  }

  @Override
  public Socket createSocket() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), Integer.getInteger("runbook.database"));
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket();
  }
}
