using StoryLsp.Continuity;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Proposals;

namespace StoryLsp.Benchmarks;

/// <summary>A model's answer becomes a proposal: its hunks are found, and the rules judge what it would bring. What a person waits for behind the model.</summary>
internal static class ProposalFigures
{
    public static async Task AddTo(Report report, GeneratedStory story, int count)
    {
        await using var workspace = IndexFigures.Open(story.Root);
        await workspace.IndexAsync();
        var findings = new Findings();
        findings.Of(workspace.Current, story.LongScene);
        var text = workspace.Text(story.LongScene)!.Text;
        var (build, judge) = (new Samples(), new Samples());
        double first = 0;
        var hunks = 0;
        for (var i = 0; i < count + 1; i++)
        {
            var request = new ProposalRequest
            {
                Run = "bench", Pipeline = "polish", Model = "none", Origin = "A bench.", Input = "scene-0", Label = "Polish",
                Files = [new FileDraft(story.LongScene, null, Changed(text, i))],
            };
            Proposal? proposal = null;
            build.Time(() => proposal = ProposalBuilder.Build(request, workspace.Current));
            judge.Time(() => ProposalContinuity.Judged(proposal!, workspace.Current, findings));
            hunks = proposal!.Hunks.Count;
            if (i == 0)
            {
                first = build.Percentile(50) + judge.Percentile(50);
                build.Clear();
                judge.Clear();
            }
        }

        report.Add(new($"the first proposal of a session, made and judged ({hunks} hunks)", first, "ms", null, Measure.None, 0));
        report.Add(new("a proposal for a scene of 3,000 words, made, median", build.Percentile(50), "ms", null, Measure.None, 0));
        report.Add(new("the same, judged by all rules, median", judge.Percentile(50), "ms", null, Measure.None, 0));
    }

    // Every fifth sentence of the second half of the scene is said in another way.
    private static string Changed(string text, int round)
    {
        var half = text.IndexOf(". ", text.Length / 2, StringComparison.Ordinal);
        var sentences = text[half..].Split(". ");
        for (var i = 2; i < sentences.Length; i += 5)
        {
            sentences[i] += round % 2 == 0 ? ", or so it seemed" : ", and nobody saw it";
        }

        return text[..half] + string.Join(". ", sentences);
    }
}
