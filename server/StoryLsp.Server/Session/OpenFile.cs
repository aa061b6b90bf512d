using StoryLsp.Language.Text;

namespace StoryLsp.Server.Session;

/// <summary>A document that the editor has open.</summary>
/// <param name="Uri">The address as the editor spells it.</param>
/// <param name="AbsolutePath">Its file.</param>
/// <param name="Version">The editor's number of this state.</param>
/// <param name="Text">Its text.</param>
internal sealed record OpenFile(string Uri, string AbsolutePath, int Version, SourceText Text);
