using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Tests;

/// <summary>Texts that change under a snapshot, as buffers do.</summary>
internal sealed class ChangingSource(Dictionary<string, string> texts, Snapshot settings) : IDocumentSource
{
    public SourceText? Text(string path) => texts.TryGetValue(path, out var text) ? SourceText.From(text) : null;

    public Document? Document(string path, Snapshot snapshot) =>
        Text(path) is { } text ? DocumentReader.Read(path, text, new ReadingContext(settings.Schemas, settings.Settings, Findings.DocumentRules)) : null;
}
