using StoryLsp.Language.Text;

namespace StoryLsp.Pipelines.Files;

/// <summary>A pipeline as its file describes it.</summary>
/// <param name="Name">Its name, as <c>continue-scene</c>.</param>
/// <param name="Description">What it does, in a sentence.</param>
/// <param name="Title">What a menu says, as <c>Continue the scene</c>.</param>
/// <param name="Input">A type of container such as <c>scene</c>, or <c>text</c>, <c>findings</c> or <c>story</c>.</param>
/// <param name="Version">Grows by one whenever its prompts change; an artifact keeps it as its prompt version.</param>
/// <param name="Steps">What it does, in order.</param>
/// <param name="Path">The workspace-relative path of its file; null when it ships with the product.</param>
public sealed record PipelineFile(string Name, string Description, string Title, string Input, int Version, IReadOnlyList<StepFile> Steps, string? Path)
{
    /// <summary>The text of the file: a run keeps it, so that a later change of the file does not change what is under way.</summary>
    public string Source { get; init; } = "";

    /// <summary>Whether it reads a container that must be named.</summary>
    public bool TakesContainer => Input is not (PipelineInput.Text or PipelineInput.Findings or PipelineInput.Story);

    /// <summary>Whether it needs prose to read: a container without any is refused before the run begins. A pipeline that adds prose can begin with none, and of a person or a place the attributes may be told.</summary>
    public bool ReadsProse => TakesContainer && !Steps.OfType<ProposeStep>().Any(step => step.To is ProposalTarget.Append or ProposalTarget.Replace) &&
        (Input is "scene" or "chapter" || !Steps.OfType<ContextStep>().Any(step => step.Include.Contains("subject"))) &&
        Steps.OfType<PromptStep>().Any(prompt => Template.VariablesOf(prompt.User + prompt.System).Contains("input"));

    /// <summary>Whether it proposes a change of the container itself.</summary>
    public bool WritesInPlace => Steps.OfType<ProposeStep>().Any(step => step.To is ProposalTarget.Field or ProposalTarget.Append or ProposalTarget.Replace);

    /// <summary>Whether a person can look at the prompt before it is sent.</summary>
    public bool Stops => Steps.Any(step => step is InterceptStep);
}

/// <summary>What a pipeline may read beside a container.</summary>
internal static class PipelineInput
{
    public const string Text = "text";
    public const string Findings = "findings";
    public const string Story = "story";
}

/// <summary>A fault in a pipeline file.</summary>
/// <param name="Span">Where, in UTF-16 code units.</param>
/// <param name="Message">What is wrong and what to write instead.</param>
public sealed record PipelineProblem(TextSpan Span, string Message);
