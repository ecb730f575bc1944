package dev.attune.credentials;

import com.google.auth.oauth2.ExternalAccountAuthorizedUserCredentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.UserCredentials;
import java.io.IOException;
import java.util.List;

/** The application-default credentials of this machine. */
public final class MachineCredentials {
  /** The scope of all services of Google Cloud; what is allowed is decided by roles. */
  public static final String CLOUD_PLATFORM = "https://www.googleapis.com/auth/cloud-platform";

  private MachineCredentials() {}

  /**
   * Returns the credentials for a scope.
   *
   * @throws IOException if there are none, or their file cannot be read
   */
  public static GoogleCredentials find(String scope) throws IOException {
    return GoogleCredentials.getApplicationDefault().createScoped(List.of(scope));
  }

  /**
   * Adds a quota project to credentials of a user that have none: Google attributes calls of a user
   * to a project by the header {@code x-goog-user-project}, and refuses some calls without it. A
   * project in the credentials' file or in GOOGLE_CLOUD_QUOTA_PROJECT stays. Credentials of a
   * service account, which belongs to a project, stay as they are.
   *
   * @param project the id or number of the project
   */
  public static GoogleCredentials withQuotaProject(GoogleCredentials credentials, String project) {
    boolean user =
        credentials instanceof UserCredentials
            || credentials instanceof ExternalAccountAuthorizedUserCredentials;
    return user && credentials.getQuotaProjectId() == null
        ? credentials.createWithQuotaProject(project)
        : credentials;
  }
}
