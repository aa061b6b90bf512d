using System.Text;
using Microsoft.Extensions.Logging;
using StoryLsp.Index.Storage;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Index.Files;

/// <summary>A file that was read.</summary>
/// <param name="Stamp">Its state.</param>
/// <param name="Document">Its text and facts; when only the state was asked for, or the facts were known by their hash, null.</param>
internal sealed record LoadedFile(FileStamp Stamp, Document? Document);

/// <summary>Reads the files of a workspace into documents. Never throws: what cannot be read has facts that say so.</summary>
internal sealed class DocumentLoader(string root, ILogger logger)
{
    private int _documentsRead;

    /// <summary>How many documents were parsed.</summary>
    public int DocumentsRead => _documentsRead;

    /// <summary>Absolute path of a file.</summary>
    public string FullPath(string path) => Path.Combine(root, path);

    /// <summary>Reads a file, unless its bytes are the known ones; null when it is not there.</summary>
    /// <param name="path">Workspace-relative path.</param>
    /// <param name="context">What its facts depend on.</param>
    /// <param name="knownHash">The hash of the bytes whose facts are known; null when there are none.</param>
    /// <param name="seen">Size and time as a walk has just seen them; null to look.</param>
    public LoadedFile? Load(string path, WorkspaceContext context, string? knownHash, (long Size, long Modified)? seen = null)
    {
        var seenAt = DateTime.UtcNow.Ticks;
        using var content = FileContent.Read(FullPath(path), seen);
        if (content.Outcome == ReadOutcome.Missing)
        {
            return null;
        }

        var hash = content.Hash.Length == 0 ? "" : Convert.ToHexStringLower(content.Hash);
        var stamp = new FileStamp(content.Size, content.Modified, seenAt, hash, context.Fingerprint);
        if (hash.Length > 0 && hash == knownHash)
        {
            return new(stamp, null);
        }

        if (content.Outcome != ReadOutcome.Text)
        {
            return new(stamp, Unreadable(path, SourceText.Empty, Reason(content)));
        }

        var text = content.Decode(out var decoded);
        if (decoded.IsBinary)
        {
            return new(stamp, Unreadable(path, SourceText.Empty, "it holds bytes that no text has, as a picture or an office document does"));
        }

        var document = Read(path, text, context);
        return new(stamp, decoded.InvalidByteOffset < 0 ? document : WithInvalidBytes(document, content, decoded));
    }

    /// <summary>The text of a file; null when there is none or it is no text.</summary>
    public SourceText? Text(string path)
    {
        using var content = FileContent.Read(FullPath(path));
        if (content.Outcome != ReadOutcome.Text)
        {
            return null;
        }

        var text = content.Decode(out var decoded);
        return decoded.IsBinary ? null : text;
    }

    /// <summary>Reads a text.</summary>
    public Document Read(string path, SourceText text, WorkspaceContext context, bool countsAsIndexing = true)
    {
        if (countsAsIndexing)
        {
            Interlocked.Increment(ref _documentsRead);
        }

        if (text.Length > FileContent.LargestText)
        {
            return Unreadable(path, text, Reason(ReadOutcome.TooLarge, null));
        }

        try
        {
            return DocumentReader.Read(path, text, context.Reading);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A fault of ours in one document must not cost the writer all the others.
            Log.DocumentNotRead(logger, path, exception);
            return Unreadable(path, text, "reading it failed inside of StoryLsp; the log has the details");
        }
    }

    private static string Reason(FileContent content) => Reason(content.Outcome, content.Reason);

    private static string Reason(ReadOutcome outcome, string? said) => outcome == ReadOutcome.TooLarge
        ? "it is larger than 16 MB; split it into several files, or exclude it in story.yaml"
        : said ?? "the system refuses it";

    // No rule speaks of files that are no text; in YAML it is at least true that the syntax is not YAML's.
    private Document Unreadable(string path, SourceText text, string reason)
    {
        Log.FileNotRead(logger, path, reason);
        var facts = new DocumentFacts
        {
            Path = path,
            Kind = DocumentKind.Unreadable,
            Lines = text.Lines,
            Findings = IsYaml(path) ? [new("yaml/syntax", Severity.Warning, default, "This file cannot be read as text: " + reason + ".")] : [],
        };
        return new Document { Text = text, Facts = facts };
    }

    private Document WithInvalidBytes(Document document, FileContent content, DecodeResult decoded)
    {
        Log.InvalidBytes(logger, document.Path, decoded.InvalidByteOffset);
        if (!IsYaml(document.Path))
        {
            return document;
        }

        var offset = CharactersBefore(content.Bytes.AsSpan(0, decoded.InvalidByteOffset), decoded.Encoding);
        var finding = new Finding("yaml/syntax", Severity.Warning, new TextSpan(offset, Math.Min(1, document.Text.Length - offset)),
            "This character is not valid in the file's encoding, so it is lost. Save the file as UTF-8.");
        return new Document
        {
            Text = document.Text,
            Facts = WithFinding(document.Facts, finding),
            Yaml = document.Yaml,
            Markdown = document.Markdown,
            Fountain = document.Fountain,
            YamlRegions = document.YamlRegions,
        };
    }

    private static int CharactersBefore(ReadOnlySpan<byte> bytes, TextEncoding encoding) => encoding switch
    {
        TextEncoding.Utf8 => Encoding.UTF8.GetCharCount(bytes),
        TextEncoding.Utf8WithMark => Encoding.UTF8.GetCharCount(bytes[3..]),
        _ => (bytes.Length - 2) / 2,
    };

    private static DocumentFacts WithFinding(DocumentFacts facts, Finding finding) => new()
    {
        Path = facts.Path,
        Kind = facts.Kind,
        Lines = facts.Lines,
        Containers = facts.Containers,
        References = facts.References,
        Links = facts.Links,
        Headings = facts.Headings,
        BlockAnchors = facts.BlockAnchors,
        Suppressions = facts.Suppressions,
        Prose = facts.Prose,
        Words = facts.Words,
        Findings = [.. facts.Findings, finding],
        UnknownFields = facts.UnknownFields,
    };

    private static bool IsYaml(string path) =>
        path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);
}
