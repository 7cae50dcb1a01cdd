namespace MnistNet;

/// <summary>Where the platform keeps what can be fetched again.</summary>
internal static class UserCache
{
    /// <summary>MnistNet's folder in the user's cache. It need not exist.</summary>
    public static string Folder => Path.Combine(Root(), "MnistNet");

    private static string Root()
    {
        if (OperatingSystem.IsWindows())
        {
            return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        }

        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsMacOS())
        {
            return Path.Combine(home, "Library", "Caches");
        }

        // The XDG Base Directory Specification: a relative path in the variable is to be ignored.
        string? configured = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        return Path.IsPathFullyQualified(configured ?? "") ? configured! : Path.Combine(home, ".cache");
    }
}
