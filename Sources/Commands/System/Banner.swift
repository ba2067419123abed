import Configuration
public import ConfigurationStore

extension Appliance {
  /// What is shown at login.
  public var banner: String {
    """
    AsyncOS \(release.version) for Cisco C100V build \(release.build)

    Welcome to the Cisco C100V Secure Email Gateway Virtual

    NOTE: This session will expire if left idle for 30 minutes. Any uncommitted configuration
    changes will be lost. Commit the configuration changes as soon as they are made.
    """
  }
}
