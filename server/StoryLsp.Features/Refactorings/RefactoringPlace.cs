using StoryLsp.Features.Places;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Refactorings;

/// <summary>Where a writer stands who wants a refactoring.</summary>
public sealed class RefactoringPlace
{
    private readonly Lazy<Place?> _what;

    private RefactoringPlace(Snapshot snapshot, Document document, TextSpan span, CancellationToken cancel)
    {
        Snapshot = snapshot;
        Document = document;
        Span = span;
        Cancel = cancel;
        _what = new(() => PlaceReader.At(snapshot, document, span.Start));
    }

    /// <summary>The workspace.</summary>
    public Snapshot Snapshot { get; }

    /// <summary>The document.</summary>
    public Document Document { get; }

    /// <summary>What is selected, in UTF-16 code units; an empty span is a caret.</summary>
    public TextSpan Span { get; }

    /// <summary>Gives up.</summary>
    public CancellationToken Cancel { get; }

    /// <summary>What stands at the caret.</summary>
    internal Place? What => _what.Value;

    internal string Path => Document.Path;

    internal SourceText Text => Document.Text;

    internal DocumentFacts Facts => Document.Facts;

    /// <summary>The innermost container at the caret.</summary>
    internal Container? Container => Snapshot.ContainerAt(Path, Span.Start);

    /// <summary>The innermost scene at the caret.</summary>
    internal Container? Scene => CodeActions.PipelineSubjects.At(Snapshot, Path, Span, "scene");

    /// <summary>A place of a document; null where the document is not, or not yet, part of the story.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="span">What is selected, in UTF-16 code units; what lies outside of the text counts as its end.</param>
    /// <param name="cancel">Gives up.</param>
    public static RefactoringPlace? Of(Snapshot snapshot, string path, TextSpan span, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (!snapshot.IsComplete || snapshot.Facts(path) is not { } facts || snapshot.Document(path) is not { } document || facts.Lines.TextLength != document.Text.Length)
        {
            return null;
        }

        var start = Math.Clamp(span.Start, 0, document.Text.Length);
        return new(snapshot, document, TextSpan.FromBounds(start, Math.Clamp(span.End, start, document.Text.Length)), cancel);
    }

    /// <summary>Whether a span is prose from its first unit to its last.</summary>
    internal bool IsProse(TextSpan span) => Facts.Prose.Any(prose => prose.Span.Contains(span));
}
