namespace StoryLsp.Continuity.Story;

/// <summary>How the time of a scene stands to the scenes around it.</summary>
public enum SceneTimeline
{
    /// <summary>It follows what is told before it.</summary>
    Linear,

    /// <summary>It looks back.</summary>
    Flashback,

    /// <summary>It looks ahead.</summary>
    Flashforward,

    /// <summary>It runs beside another, frames others, or has a time of its own.</summary>
    Beside,

    /// <summary>It does not happen.</summary>
    Dream,
}
