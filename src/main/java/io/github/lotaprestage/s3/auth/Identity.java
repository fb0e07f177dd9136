package io.github.lotaprestage.s3.auth;

import io.github.lotaprestage.object.RequestFailedException;
import io.github.lotaprestage.s3.http.StoreClock;

/// What requests are signed with: the credentials and the time. Either may turn out to be outdated
/// while a run is under way.
///
/// @param clock the one that signs, so that a corrected time takes effect
public record Identity(RenewableCredentials credentials, StoreClock clock) {

  /// Sends a request that is signed with the current credentials. It is sent once more if it was
  /// rejected because of the time.
  ///
  /// @throws RequestFailedException see [RenewableCredentials#use]
  public <T> T send(RenewableCredentials.Attempt<T> request)
      throws RequestFailedException, InterruptedException {
    return credentials.use(keys -> clock.signed(() -> request.send(keys)));
  }

  /// The same for a request that the SDK signs.
  public <T> T sendBySdk(StoreClock.Signed<T> request)
      throws RequestFailedException, InterruptedException {
    return credentials.use(_ -> clock.signedBySdk(request));
  }
}
