using System.Text;

namespace StoryLsp.Server.Conversion;

/// <summary>Turns <c>file:</c> addresses into absolute paths and back.</summary>
internal static class DocumentUri
{
    /// <summary>The absolute path of a <c>file:</c> address; null for any other scheme and for what is no address.</summary>
    public static string? ToPath(string uri)
    {
        // RFC 8089 allows one slash as well.
        if (uri.StartsWith("file:/", StringComparison.OrdinalIgnoreCase) && !uri.StartsWith("file://", StringComparison.OrdinalIgnoreCase))
        {
            uri = "file://" + uri["file:".Length..];
        }

        if (!uri.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || !Uri.TryCreate(uri, UriKind.Absolute, out var parsed))
        {
            return null;
        }

        try
        {
            // LocalPath decodes percent signs; a host names a network share, which only Windows knows.
            var path = Uri.UnescapeDataString(parsed.AbsolutePath);
            var isDrive = OperatingSystem.IsWindows() && path.Length > 2 && path[0] == '/' && path[2] == ':';
            return path.Contains('\0', StringComparison.Ordinal) ? null : Path.GetFullPath(isDrive ? path[1..] : path);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException or PathTooLongException or UriFormatException)
        {
            return null;
        }
    }

    /// <summary>The address of an absolute path; everything but letters, digits and <c>-._~/</c> is encoded.</summary>
    public static string FromPath(string path)
    {
        var result = new StringBuilder("file://");
        foreach (var segment in path.Replace('\\', '/').TrimStart('/').Split('/'))
        {
            result.Append('/').Append(Uri.EscapeDataString(segment));
        }

        return result.ToString();
    }
}
