using System;
using System.Collections.Generic;

namespace DynamoBatch.Core.Items;

/// <summary>How the engine sees objects of its host. The only thing that lies between it and PowerShell's object model.</summary>
public interface IValueAdapter
{
    /// <summary>
    /// Takes a host's wrapper off a value. A number type that only the host knows comes back as <see cref="NumberText"/>.
    /// What has no plain form (a property bag) comes back as it is.
    /// </summary>
    /// <param name="value">Any value at any depth.</param>
    object? Unwrap(object? value);

    /// <summary>
    /// The readable members of an object that is neither a scalar nor a collection, or null if the object has none by nature.
    /// A member that cannot be read has an <see cref="UnreadableMember"/> for its value.
    /// </summary>
    /// <param name="value">An unwrapped object.</param>
    IEnumerable<KeyValuePair<string, object?>>? GetMembers(object value);

    /// <summary>
    /// Whether an exception that came out of an object (a property, an enumerator) ends the run and must pass.
    /// Any other means that this one item cannot be encoded.
    /// </summary>
    /// <param name="exception">What came out.</param>
    bool EndsRun(Exception exception);
}
