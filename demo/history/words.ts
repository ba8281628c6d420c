/** As the sweep writes it when a matter was kept open in vain (R59). */
export const lapseReason = '一次性告知后申请人未在保留期内补正，可随时重新申请'
