using StoryLsp.Pipelines.Proposals.Differences;

namespace StoryLsp.Pipelines.Provenance;

/// <summary>A sentence of the story as it is now.</summary>
/// <param name="File">Its file.</param>
/// <param name="Part">Number of the chapter that it stands in.</param>
/// <param name="Form">The sentence undressed (see <see cref="SentenceForm"/>).</param>
/// <param name="Words">The numbers of its words, sorted.</param>
internal sealed record StorySentence(string File, int Part, string Form, int[] Words)
{
    public Authorship Kind { get; set; }

    public AcceptedSource? Source { get; set; }
}

/// <summary>A sentence that was accepted.</summary>
internal sealed class AcceptedSource(ProvenanceRecord record, AcceptedHunk hunk, AcceptedSentence sentence, WordNumbers numbers)
{
    public ProvenanceRecord Record { get; } = record;

    public AcceptedHunk Hunk { get; } = hunk;

    public string File => Hunk.File;

    public AcceptedSentence Sentence { get; } = sentence;

    public string Form { get; } = SentenceForm.Of(sentence.Text);

    public int[] Words { get; } = numbers.Of(SentenceForm.Of(sentence.Text));

    /// <summary>How many of its words are still to be found in the story.</summary>
    public int Left { get; set; }

    /// <summary>Whether it stood in the story already, so that nobody made it.</summary>
    public bool IsOld => Sentence.Of == SentenceForm.HashOf(Sentence.Text);
}
