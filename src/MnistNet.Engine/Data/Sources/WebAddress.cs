using System.Net.Http.Headers;
using System.Text;

namespace MnistNet;

/// <summary>
/// Addresses to download from. They may hold secrets: a user with a password, or a signature in the query. These are
/// sent where they belong, and never shown.
/// </summary>
internal static class WebAddress
{
    /// <summary>Whether files can be downloaded from there.</summary>
    public static bool IsUsable(Uri address) =>
        address is { IsAbsoluteUri: true, Scheme: "http" or "https", Host.Length: > 0 };

    /// <summary>The address of a file in a folder; a query that the folder's address has goes with it.</summary>
    public static Uri Of(Uri folder, string file)
    {
        var address = new UriBuilder(folder);
        address.Path = $"{address.Path.TrimEnd('/')}/{file}";
        address.Fragment = "";
        return address.Uri;
    }

    /// <summary>The address without secrets.</summary>
    public static Uri WithoutSecrets(Uri address)
        => new(address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped));

    /// <summary>An address for messages: without secrets.</summary>
    public static string Shown(Uri address) => Shown(address.OriginalString);

    /// <summary>What stands in place of an address, for messages: without what would be secrets in one.</summary>
    public static string Shown(string address)
    {
        string path = address.Split('?', '#')[0];
        return Uri.TryCreate(path, UriKind.Absolute, out Uri? uri) && uri.Host.Length > 0
            ? WithoutSecrets(uri).AbsoluteUri
            : path[(path.LastIndexOf('@') + 1)..];
    }

    /// <summary>
    /// The user and the password of an address, as a server wants to be told them; null when it has none.
    /// </summary>
    public static AuthenticationHeaderValue? CredentialsOf(Uri address)
    {
        string credentials = Uri.UnescapeDataString(address.UserInfo);
        return credentials.Length == 0
            ? null
            : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
    }
}
