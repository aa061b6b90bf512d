using StoryLsp.Language.Documents;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Settings;

namespace StoryLsp.Language.Facts;

/// <summary>A rule that looks at one document, the schemas and the settings alone, so that its findings are cached with the document's facts.</summary>
public interface IDocumentRule
{
    /// <summary>Reports the faults of a document whose facts are complete but for the findings.</summary>
    void Check(Document document, SchemaSet schemas, StorySettings settings, Action<Finding> report);
}
