using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Pipelines.History;

/// <summary>A file of the workspace as it stands on the disk.</summary>
/// <param name="Text">The text without a byte order mark; null where there is no file, or none that can be read.</param>
/// <param name="Exists">Whether there is a file.</param>
/// <param name="Encoding">How it is written.</param>
public sealed record FileText(string? Text, bool Exists, TextEncoding Encoding)
{
    private static readonly FileText None = new(null, false, TextEncoding.Utf8);

    /// <summary>Whether there is a file that cannot be read as text, so that nothing may be written over it.</summary>
    public bool IsUnreadable => Exists && Text is null;

    /// <summary>Reads a file. Never throws.</summary>
    /// <param name="root">The root of the workspace.</param>
    /// <param name="path">Workspace-relative path with <c>/</c>.</param>
    public static FileText Read(string root, string path)
    {
        var full = Path.Combine(root, path);
        try
        {
            if (!IsInside(path) || (!Path.Exists(full) && RealPath.IsInside(root, path)))
            {
                return None;
            }

            if (!RealPath.IsInside(root, path))
            {
                return None with { Exists = true };
            }

            var text = SourceText.Decode(File.ReadAllBytes(full), out var decoded);
            return new FileText(decoded.IsValid ? text.Text : null, true, decoded.Encoding);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return None;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return None with { Exists = true };
        }
    }

    /// <summary>Whether a path stays inside of the workspace, so that a damaged proposal cannot reach out of it.</summary>
    /// <param name="path">Workspace-relative path with <c>/</c>.</param>
    public static bool IsInside(string path) =>
        path.Length > 0 && path[0] != '/' && !path.AsSpan().ContainsAny('\\', ':', '\0') && FileSet.Combine("", path) == path;
}
